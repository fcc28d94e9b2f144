package org.benchmarkresults.standardize.declared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringReader;
import java.util.stream.Stream;
import org.benchmarkresults.metric.Dictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong declaration of a team is refused with the file, the line and what is wrong. */
class DeclarationFaultsTest {
  private static final String RIGHT =
      """
      adapter: ours
      version: 2
      tool: our-tool
      format: report
      rank: 10
      recognise:
        has: [/scores, "/scores/{task}/{metric:acc_.*}"]
        is: {/writer: "^ours"}
      runs: ""
      skip:
        when: {/state: "^failed$"}
        reason: the run failed
      model: [/model, "/arguments ~ model=([^,]+)"]
      time: /finished
      dimensions:
        hardware: /gpu
        "setting_{name}": "/settings/{name}"
      observations:
        - at: "/scores/{task}/{metric:acc_.*}"
          when: {../state: "^done$"}
          strings: true
          task: "{task}"
          metric: "{metric}"
          better: higher
          n: ../../count
      primary: [acc_norm]
      """;

  @Test
  void theRightOneIsRead() {
    assertEquals(1, DeclarationReader.read("ours.yaml", new StringReader(RIGHT)).size());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldWithItsLine(String right, String wrong, String fault) {
    String yaml = RIGHT.replace(right, wrong);
    DeclarationException refused =
        assertThrows(
            DeclarationException.class,
            () -> DeclaredAdapter.read("ours.yaml", new StringReader(yaml), Dictionary.builtIn()));
    assertEquals(fault, refused.getMessage());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // Members that do not exist, are missing or stand twice.
        Arguments.of(
            "format: report",
            "formt: report",
            "ours.yaml:4: 'formt' is not one of adapter, dimensions, format, holds, model,"
                + " observations, primary, rank, recognise, runs, skip, time, tokenizer, tool,"
                + " tool_version, version"),
        Arguments.of("  is: {", "  are: {", "ours.yaml:8: 'are' is not one of any, has, is, none"),
        Arguments.of(
            "  reason: the", "  why: the", "ours.yaml:12: 'why' is not one of reason, when"),
        Arguments.of(
            "    strings: true",
            "    string: true",
            "ours.yaml:21: 'string' is not one of at, better, binomial, dimensions, each, failed,"
                + " high, least, level, list, low, metric, most, n, quiet, statistic, stderr,"
                + " stderr_over, strings, task, unit, variant, when, worse"),
        Arguments.of("tool: our-tool\n", "", "ours.yaml:1: 'tool' is missing"),
        Arguments.of(
            "  - at: \"/scores/{task}/{metric:acc_.*}\"\n    when",
            "  - when",
            "ours.yaml:19: 'at' is missing"),
        Arguments.of("  reason: the run failed\n", "", "ours.yaml:11: 'reason' is missing"),
        Arguments.of("rank: 10", "rank: 10\nrank: 11", "ours.yaml:6: 'rank' stands here twice"),
        Arguments.of(
            "  has: [/scores, \"/scores/{task}/{metric:acc_.*}\"]\n  is: {/writer: \"^ours\"}",
            "  none: [/other]",
            "ours.yaml:7: 'recognise' needs 'has', 'any' or 'is'"),
        Arguments.of(
            "rank: 10",
            "holds: samples",
            "ours.yaml:1: a format has observations, or 'holds' says what it has instead"),
        // Values of another type.
        Arguments.of("version: 2", "version: two", "ours.yaml:2: 'version' is a whole number"),
        Arguments.of("rank: 10", "rank: 1.5", "ours.yaml:5: 'rank' is a whole number"),
        Arguments.of(
            "strings: true", "strings: yes please", "ours.yaml:21: 'strings' is true or false"),
        Arguments.of(
            "format: report", "format: [report]", "ours.yaml:4: a single text is expected here"),
        Arguments.of(
            "when: {../state: \"^done$\"}",
            "when: ../state",
            "ours.yaml:20: 'when' has names with values"),
        Arguments.of(
            "  is: {/writer: \"^ours\"}",
            "  is: [/writer]",
            "ours.yaml:8: 'is' has names with values"),
        Arguments.of(
            "observations:\n  - at:",
            "observations:\n    at:",
            "ours.yaml:19: 'observations' is a list, each with names and values"),
        Arguments.of(
            "    hardware: /gpu".substring(2),
            "  hardware: {gpu: /gpu}",
            "ours.yaml:16: a single text is expected here"),
        Arguments.of(
            "rank: 10",
            "holds: sample",
            "ours.yaml:5: 'sample' is not one of configuration, samples, telemetry"),
        // Pointers.
        Arguments.of(
            "has: [/scores,", "has: [scores,", "ours.yaml:7: 'scores' does not begin with '/'"),
        Arguments.of(
            "- at: \"/scores/{task}/{metric:acc_.*}\"",
            "- at: \"scores/{task}/{metric}\"",
            "ours.yaml:19: 'scores/{task}/{metric}' does not begin with '/'"),
        Arguments.of(
            "- at: \"/scores/{task}/{metric:acc_.*}\"",
            "- at: \"/scores/{task/{metric}\"",
            "ours.yaml:19: a '{' is not closed in {task/{metric}"),
        Arguments.of(
            "- at: \"/scores/{task}/{metric:acc_.*}\"",
            "- at: \"/scores/{Task}/{metric}\"",
            "ours.yaml:19: 'Task' is no name of a variable in {Task}"),
        Arguments.of(
            "n: ../../count",
            "n: ../../../../count",
            "ours.yaml:25: '../' leads above the document"),
        // Regular expressions.
        Arguments.of(
            "{metric:acc_.*}\"\n    when",
            "{metric:acc_(.*}\"\n    when",
            "ours.yaml:19: the regular expression in '{metric:acc_(.*}' is wrong: Unclosed group"),
        Arguments.of(
            "is: {/writer: \"^ours\"}",
            "is: {/writer: \"^[ours\"}",
            "ours.yaml:8: the regular expression in '^[ours' is wrong: Unclosed character class"),
        Arguments.of(
            "\"/arguments ~ model=([^,]+)\"",
            "\"/arguments ~ model=([^,]+\"",
            "ours.yaml:13: the regular expression in '/arguments ~ model=([^,]+' is wrong:"
                + " Unclosed group"),
        Arguments.of(
            "strings: true",
            "each: '(?<name>\\w+): (?<value>[0-9.]+)'",
            "ours.yaml:21: 'each' needs the groups (?<metric>...) and (?<value>...)"),
        // Members that contradict each other.
        Arguments.of(
            "task: \"{task}\"",
            "task: \"{tsk}\"",
            "ours.yaml:22: no pattern here has the variable {tsk}; there are [metric, task]"),
        Arguments.of(
            "n: ../../count",
            "n: \"/counts/{filter}\"",
            "ours.yaml:25: no pattern here has the variable {filter}; there are [metric, task]"),
        Arguments.of(
            "time: /finished",
            "time: \"/times/{task}\"",
            "ours.yaml:14: no pattern here has the variable {task}; there are none"),
        Arguments.of(
            "better: higher",
            "better: hihger",
            "ours.yaml:24: 'hihger' is no direction: higher, lower, none, or a pointer"),
        // Texts that are not YAML.
        Arguments.of(
            "format: report",
            "format: report: more",
            "ours.yaml:4: mapping values are not allowed here"));
  }
}

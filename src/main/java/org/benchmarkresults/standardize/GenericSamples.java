package org.benchmarkresults.standardize;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.ArrayNode;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.benchmarkresults.standardize.json.Node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Tells the samples behind a team's numbers, which are no measurements, from the numbers. */
final class GenericSamples {
  /** A map of more objects than this has an entry for each sample. */
  private static final int MOST_ENTRIES = 200;

  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*_)?(?:details|detailed_results|samples|examples|instances|predictions|generations"
              + "|responses|questions|queries|cases|testcases|traces|logs|events|messages|history"
              + "|conversations|transcripts?)|per_(?!class|category|task|label|language)\\w+");

  /** Members that hold what a model was asked or said; one is enough. */
  private static final Set<String> SAID =
      Set.of(
          "question",
          "answer",
          "response",
          "prediction",
          "reference",
          "candidate",
          "completion",
          "ground_truth",
          "expected",
          "expected_output",
          "expected_answer",
          "model_output",
          "model_answer",
          "actual_output",
          "generated_text",
          "messages");

  /** Members that rows of a summary have too; two are needed. */
  private static final Set<String> ASKED =
      Set.of("prompt", "input", "output", "query", "context", "instruction", "text", "target");

  private GenericSamples() {}

  /**
   * Whether an array or object holds an entry for each sample.
   *
   * @param name the member that it is the value of
   */
  static boolean areIn(Node container, String name) {
    if (NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return container instanceof ArrayNode || entries(container) > 1;
    }
    Node first = first(container);
    return (first != null && isSample(first)) || entries(container) > MOST_ENTRIES;
  }

  private static @Nullable Node first(Node container) {
    if (container instanceof ArrayNode array) {
      return array.elements().isEmpty() ? null : array.elements().getFirst();
    }
    return container instanceof ObjectNode object && entries(object) > 1
        ? object.members().values().stream().filter(ObjectNode.class::isInstance).findFirst().get()
        : null;
  }

  private static long entries(Node container) {
    return container instanceof ObjectNode object
        ? object.members().values().stream().filter(ObjectNode.class::isInstance).count()
        : 0;
  }

  /** Whether an entry holds what a model was asked and said. */
  static boolean isSample(Node entry) {
    int asked = 0;
    if (entry instanceof ObjectNode object) {
      for (var member : object.members().entrySet()) {
        boolean text = !(member.getValue() instanceof Leaf leaf) || leaf.kind() == Kind.STRING;
        String name = member.getKey().toLowerCase(Locale.ROOT);
        if (text && SAID.contains(name)) {
          return true;
        }
        asked += text && ASKED.contains(name) ? 1 : 0;
      }
    }
    return asked > 1;
  }
}

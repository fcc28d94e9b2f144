package org.benchmarkresults.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringReader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryFilesTest {
  @Test
  void aTeamsEntryTakesThePlaceOfAnEarlierOne() {
    Dictionary dictionary = Dictionary.builtIn();

    dictionary.add("own.yaml", new StringReader("ttft: {unit: s, better: lower, kind: latency}"));

    assertEquals("s", Objects.requireNonNull(dictionary.find(null, "TTFT")).unit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: {unit: s}\\nb: {better: more}|own.yaml:2: 'better' is higher or lower",
        "a: {floor: low}|own.yaml:1: low is no number",
        "a: {kind: speed}|own.yaml:1: 'speed' is no kind of metric",
        "a: {units: s}|own.yaml:1: 'units' is no member of a metric",
        "a: {aliases: b}|own.yaml:1: 'aliases' is a list of names",
        "a: 5|own.yaml:1: 'a' is a map with members such as unit and better",
        "- a|own.yaml:1: a dictionary is a map of metrics by name",
        "a: {unit: s|own.yaml:1: expected ',' or '}', but got <stream end>"
      })
  void aWrongEntryIsToldWithItsLine(String yaml, String sentence) {
    Dictionary dictionary = Dictionary.builtIn();

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> dictionary.add("own.yaml", new StringReader(yaml.replace("\\n", "\n"))));

    assertEquals(sentence, refused.getMessage());
  }
}

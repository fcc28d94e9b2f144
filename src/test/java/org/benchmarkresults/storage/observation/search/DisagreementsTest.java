package org.benchmarkresults.storage.observation.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.benchmarkresults.model.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values of two stages are the same. */
class DisagreementsTest {
  private static Observation of(double value, String text, String unit) {
    return new Observation(
        "/" + text,
        0,
        "gsm8k",
        "acc",
        null,
        "mean",
        value,
        text,
        unit,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "0.7862016679302501, 0.7862016679302501, 1, 0.7862, 0.7862, 1, true",
    "0.7862016679302501, 0.7862016679302501, 1, 0.7861, 0.7861, 1, false",
    "0.78625, 78.625, 1, 0.7862, 0.7862, 1, true",
    "0.5, 0.5, 1, 0.55, 0.55, 1, false",
    "2, 2, 1, 2.4, 2.4, 1, false",
    "1, 1, ms, 1, 1, s, false",
    "1, 1, ms, 1, 1.0, , true",
    "0, 0, 1, 0, 0.0, 1, true",
    "100, 1e2, 1, 100.00000001, 100.00000001, 1, true"
  })
  void valuesAgreeWhenOneIsTheOtherRounded(
      double one,
      String text,
      String unit,
      double other,
      String otherText,
      String otherUnit,
      boolean isSame) {
    assertEquals(isSame, Disagreements.agree(of(one, text, unit), of(other, otherText, otherUnit)));
  }

  @Test
  void equalValuesArePutTogetherFirst() {
    List<Observation> own = List.of(of(1, "1", null), of(2, "2", null), of(3, "3", null));
    List<Observation> others = List.of(of(3, "3", null), of(4, "4", null));

    var found = Disagreements.between(own, others);

    assertEquals(1, found.size());
    assertEquals("/1", found.get(0).own().pointer());
    assertEquals("/4", found.get(0).other().pointer());
  }
}

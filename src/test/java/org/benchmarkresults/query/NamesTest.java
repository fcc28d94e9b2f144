package org.benchmarkresults.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and values as callers write them. */
class NamesTest {
  private static final List<String> KNOWN = List.of("pk", "model_id");

  @Test
  void aListHasEachNameOnceInTheOrderAskedFor() {
    List<String> names =
        Names.list("model_id, extra.a b,pk,model_id,extra.extra.", KNOWN, "fields");

    assertEquals(List.of("model_id", "extra.a b", "pk", "extra.extra."), names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pk,", ",pk", "PK", "extra.", "model", "pk,,model_id"})
  void anUnknownNameIsRefused(String text) {
    QueryRefused refused =
        assertThrows(QueryRefused.class, () -> Names.list(text, KNOWN, "fields"));

    assertEquals("fields", refused.parameter());
  }

  @Test
  void aRefusalNamesTheNearestAndRepeatsOnlySoMuch() {
    QueryRefused near =
        assertThrows(QueryRefused.class, () -> Names.list("modelid", KNOWN, "fields"));
    QueryRefused far =
        assertThrows(QueryRefused.class, () -> Names.list("x".repeat(4_000), KNOWN, "fields"));

    assertTrue(near.getMessage().contains("did you mean model_id"), near::getMessage);
    assertTrue(far.getMessage().length() < 250, far::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1.5", "-2e3", "1E+2", "1e999"})
  void aFurtherMemberIsComparedAsANumberWhereTheTextIsJsonsOfOne(String text) {
    assertEquals(
        new Value.Real(Double.parseDouble(text)),
        Values.toCompare(Field.further("x"), text, "filter"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+1", "01", "1.", ".5", "0x1", "NaN", "Infinity", "1f", "1_000", "١"})
  void anyOtherTextIsComparedAsText(String text) {
    assertEquals(new Value.Text(text), Values.toCompare(Field.further("x"), text, "filter"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-21",
        "2026-04-21T00:00:00Z",
        "20260421",
        "1776729600",
        "2026-04-21 02:00:00+02:00"
      })
  void momentsHaveAnyFormThatTimestampsHave(String text) {
    assertEquals(Instant.parse("2026-04-21T00:00:00Z"), Values.moment(text, "since", "since"));
  }
}

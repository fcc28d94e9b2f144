package org.benchmarkresults.storage.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.model.text.ExactLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSpellingsTest {
  @ParameterizedTest
  @CsvSource({
    "4, 4",
    "4.0, 4",
    "4.000, 4",
    "4e0, 4",
    "0.4E+1, 4",
    "40e-1, 4",
    "-4.50, -4.5",
    "0, 0",
    "-0, 0",
    "-0.0, 0",
    "0e99, 0",
    "1e3, 1000",
    "1000, 1000",
    "5e-1, 0.5",
    "9007199254740993.0, 9007199254740993",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "1e400, 1E400",
    "10e399, 1E400",
    "1.5e-300, 15E-301"
  })
  void equalNumbersShareOneSpelling(String spelling, String plain) {
    assertEquals(plain, NumberSpellings.plain(spelling));
    assertEquals(plain, NumberSpellings.plain(plain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "04",
        "+4",
        ".5",
        "4.",
        "0x4",
        "NaN",
        "Infinity",
        "4 ",
        "1e99999999999",
        "four",
        "1_000"
      })
  void whatIsNoNumberHasNone(String text) {
    assertNull(NumberSpellings.plain(text));
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 9007199254740993",
    "9007199254740992, ",
    "9.007199254740993e15, 9007199254740993",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, ",
    "-9007199254740993, -9007199254740993",
    "1e18, ",
    "1e400, ",
    "0.5, ",
    "4, "
  })
  void aLongIsTakenWhereABinary64WouldBeAnotherNumber(String text, Long exact) {
    assertEquals(exact, ExactLong.of(text));
  }

  @Test
  void whatProgramsWriteIsAskedForToo() {
    assertAskedFor("4", "4.0", "4.00", "4.000000", "4e0", "4E+00", "4.0e0", "40e-1", "0.4e1");
    assertAskedFor("4.0", "4");
    assertAskedFor("0", "-0", "0.0", "-0.0");
    assertAskedFor("1000000", "1e6", "1e+06", "1.0E6", "1000000.0");
    assertAskedFor("0.00001", "1e-05", "1e-5", "1.0E-5");
    assertAskedFor("-1.5e20", "-150000000000000000000", "-1.5e+20", "-1.5E20");
  }

  private static void assertAskedFor(String text, String... spellings) {
    Field field = Field.further("x");
    Filter.OneOf asked =
        (Filter.OneOf)
            NumberSpellings.expanded(new Filter.OneOf(field, List.of(new Value.Text(text))));

    for (String spelling : spellings) {
      assertTrue(
          asked.values().contains(new Value.Spelling(spelling)), () -> spelling + " in " + asked);
    }
    assertEquals(asked, NumberSpellings.expanded(asked));
  }

  @Test
  void otherMembersAndOtherTextsAreAskedForAsTheyAre() {
    Filter own = new Filter.OneOf(Field.of(Field.Own.RUN_ID), List.of(new Value.Text("4")));
    Filter text = new Filter.OneOf(Field.further("x"), List.of(new Value.Text("v4.0")));

    assertEquals(own, NumberSpellings.expanded(own));
    assertEquals(text, NumberSpellings.expanded(text));
  }
}

package org.benchmarkresults.storage.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Doubles are formatted as Python does. */
class DoubleTextTest {
  /** The texts of Python's {@code repr}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.0",
        "1.0",
        "-1.0",
        "0.1",
        "1.1",
        "0.433",
        "123456.789",
        "9999999.0",
        "10000000.0",
        "12345678.9",
        "123456789012345.6",
        "1000000000000000.0",
        "1e+16",
        "1.2345678901234568e+16",
        "-1e+16",
        "1e+22",
        "1e+100",
        "1e+308",
        "1.7976931348623157e+308",
        "0.001",
        "0.00123",
        "0.0001",
        "0.00012345",
        "-0.0001",
        "1e-05",
        "2.6e-07",
        "1.5e-10",
        "-1e-05",
        "2.2250738585072014e-308",
        "2251799813685249.5",
        "9007199254740993e0"
      })
  void formatsAsPython(String text) {
    String expected = text.equals("9007199254740993e0") ? "9007199254740992.0" : text;

    assertEquals(expected, DoubleText.of(Double.parseDouble(text)));
  }

  @Test
  void formatsNonFiniteNumbers() {
    assertEquals("NaN", DoubleText.of(Double.NaN));
    assertEquals("Infinity", DoubleText.of(Double.POSITIVE_INFINITY));
    assertEquals("-Infinity", DoubleText.of(Double.NEGATIVE_INFINITY));
  }

  @Test
  void parsingRoundTrips() {
    Random random = new Random(20260421);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      String text = DoubleText.of(value);

      assertEquals(value, Double.parseDouble(text), text);
      if (Double.isFinite(value)) {
        assertEquals(
            0, new BigDecimal(text).compareTo(new BigDecimal(Double.toString(value))), text);
        assertFalse(text.contains("E"), text);
      }
    }
  }
}

package org.benchmarkresults.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The timestamp texts of real writers, and the moments they mean. */
class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    // Evalchemy: local clock called Z, six fraction digits, none when exact.
    "2026-04-21T12:45:25.391040Z, 2026-04-21T12:45:25.391Z",
    "2026-04-21T12:45:25Z, 2026-04-21T12:45:25Z",
    // The vLLM converter, and the date inside vLLM's own file.
    "2025-08-06T12:00:00Z, 2025-08-06T12:00:00Z",
    "20250806-120000, 2025-08-06T12:00:00Z",
    "20260421_124425, 2026-04-21T12:44:25Z",
    // The NVIDIA converters glue a Z to whatever they were given.
    "2025-08-06T12:00:00.123456Z, 2025-08-06T12:00:00.123Z",
    "2025-08-06T12:00:00+00:00Z, 2025-08-06T12:00:00Z",
    "2025-08-06T12:00:00.5+09:00Z, 2025-08-06T03:00:00.5Z",
    "2025-08-06T12:00:00-05:00Z, 2025-08-06T17:00:00Z",
    "2025-08-06T12:00+00:00Z, 2025-08-06T12:00:00Z",
    // Inspect AI: an offset; AIPerf: no zone at all.
    "2025-08-06T12:00:00+09:00, 2025-08-06T03:00:00Z",
    "2025-08-06T12:00:00-00:30, 2025-08-06T12:30:00Z",
    "2025-08-06T12:00:00+0900, 2025-08-06T03:00:00Z",
    "2025-08-06T12:00:00+09, 2025-08-06T03:00:00Z",
    "2025-08-06T12:00:00.391040, 2025-08-06T12:00:00.391Z",
    "2025-08-06T12:00, 2025-08-06T12:00:00Z",
    "2025-08-06T12:00:00.123456789Z, 2025-08-06T12:00:00.123Z",
    // As people and databases write them.
    "2025-08-06 12:00:00, 2025-08-06T12:00:00Z",
    "2025-08-06 12:00:00.25+00:00, 2025-08-06T12:00:00.250Z",
    "2025-08-06 12:00:00 +09:00, 2025-08-06T03:00:00Z",
    "2025-08-06t12:00:00z, 2025-08-06T12:00:00Z",
    "' 2025-08-06T12:00:00Z ', 2025-08-06T12:00:00Z",
    "2025-08-06, 2025-08-06T00:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z",
    "20250806, 2025-08-06T00:00:00Z",
    // lm-eval: epoch seconds as a float; llmperf: an int; Every Eval Ever: either as a text.
    "1776775525.39104, 2026-04-21T12:45:25.391Z",
    "1722945600, 2024-08-06T12:00:00Z",
    "1.7229456e9, 2024-08-06T12:00:00Z",
    "1.7229456E+09, 2024-08-06T12:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "-0.5, 1969-12-31T23:59:59.500Z",
    "0.0009, 1970-01-01T00:00:00Z",
    "-0.0009, 1969-12-31T23:59:59.999Z",
    // The edges of what is a moment.
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z",
    "1969-07-20T20:17:40Z, 1969-07-20T20:17:40Z",
  })
  void theMomentIsReadToTheMillisecond(String timestamp, Instant moment) {
    Instant read = Timestamps.instantOf(timestamp);

    assertEquals(moment, read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "N/A",
        "null",
        "NaN",
        "Infinity",
        "1e400",
        "1e99",
        "1e-5",
        "999999999999",
        "-99999999999",
        "1722945600000",
        "0x10",
        "1,5",
        "2025-02-30",
        "2025-02-29T12:00:00Z",
        "2025-13-01T00:00:00Z",
        "2025-08-06T25:00:00Z",
        "2025-08-06T12:60:00Z",
        "2025-08-06T12:00:00+99:00",
        "2025-08-06T12:00:00ZZ",
        "2025-08-06T12:00:00Z and more",
        "2025-08-06T12:00:00[Asia/Seoul]",
        "2025-8-6",
        "2025",
        "20250230",
        "06.08.2025",
        "20250806-256000",
        "20251306_120000",
        "20250230-120000",
        "٢٠٢٥-08-06T12:00:00Z",
        "١٧٢٢٩٤٥٦٠٠",
        "0000-12-31T23:59:59Z",
        "-2025-08-06T12:00:00Z",
        "+12025-08-06T12:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "\u0000",
        "😀😀😀😀😀",
        "------------------Z",
      })
  void nonsenseIsNoMoment(String timestamp) {
    Instant read = Timestamps.instantOf(timestamp);

    assertNull(read);
  }
}

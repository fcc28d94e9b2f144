package org.benchmarkresults.http.headers;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates in HTTP headers (RFC 9110, section 5.6.7). Thread-safe. */
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private record Formatted(long second, AsciiString text) {}

  private static volatile Formatted latest = formatted(0);

  private HttpDate() {}

  public static String of(Instant moment) {
    return FORMAT.format(moment);
  }

  /** The current time, formatted once per second. */
  public static AsciiString now() {
    long second = System.currentTimeMillis() / 1_000;
    Formatted known = latest;
    if (known.second != second) {
      known = formatted(second);
      latest = known;
    }
    return known.text;
  }

  private static Formatted formatted(long second) {
    return new Formatted(second, AsciiString.of(of(Instant.ofEpochSecond(second))));
  }
}

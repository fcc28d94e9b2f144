package org.benchmarkresults.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written like {@code 64MiB}. */
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB|GiB)?");

  public ByteSize {
    if (bytes < 1) {
      throw new IllegalArgumentException("must be at least one byte, is " + bytes);
    }
  }

  static ByteSize parse(String text) {
    Matcher match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException("must be a size such as 64MiB, is \"" + text + "\"");
    }
    int shift =
        switch (match.group(2) == null ? "B" : match.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return new ByteSize(Long.parseLong(match.group(1)) << shift);
  }

  @Override
  public String toString() {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    long amount = bytes;
    while (unit < 3 && amount % 1024 == 0) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%d%s", amount, units[unit]);
  }
}

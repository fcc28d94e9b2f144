package org.benchmarkresults.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the moment out of the timestamp texts that benchmark tools write.
 *
 * <p>Understood are ISO 8601 with {@code Z}, an offset, both ({@code +00:00Z}, written by the NVIDIA
 * converters) or none (taken as UTC), a blank in place of the {@code T}, a date alone, vLLM's
 * {@code YYYYMMDD-HHMMSS}, {@code YYYYMMDD}, and epoch seconds with or without a fraction.
 */
public final class Timestamps {
  /** Four digits alone are a year, of which no moment can be told. */
  private static final Pattern EPOCH = Pattern.compile("(?!\\d{4}$)-?\\d{1,12}(\\.\\d+)?([eE]\\+?\\d{1,2})?");
  private static final Pattern DATE = Pattern.compile("(19|20)\\d{6}");
  private static final Pattern COMPACT = Pattern.compile("\\d{8}[-_]\\d{6}");
  private static final DateTimeFormatter COMPACT_FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter ISO_FORM = isoWithOffset("+HH:MM");
  private static final DateTimeFormatter ISO_FORM_WITHOUT_COLON = isoWithOffset("+HHmm");
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Timestamps() {}

  /** The moment to the millisecond, between the years 1 and 9999; null when it cannot be told. */
  public static @Nullable Instant instantOf(String timestamp) {
    try {
      Instant instant = read(timestamp.strip());
      boolean inRange = !instant.isBefore(FIRST) && !instant.isAfter(LAST);
      return inRange ? Instant.ofEpochMilli(instant.toEpochMilli()) : null;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static Instant read(String text) {
    if (COMPACT.matcher(text).matches()) {
      String digits = text.substring(0, 8) + text.substring(9);
      return LocalDateTime.parse(digits, COMPACT_FORM).toInstant(ZoneOffset.UTC);
    }
    if (DATE.matcher(text).matches()) {
      return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
          .atStartOfDay()
          .toInstant(ZoneOffset.UTC);
    }
    if (EPOCH.matcher(text).matches()) {
      return fromEpochSeconds(new BigDecimal(text));
    }
    if (text.length() == 10 && text.charAt(4) == '-') {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return fromIso(text);
  }

  private static Instant fromEpochSeconds(BigDecimal seconds) {
    if (seconds.precision() - seconds.scale() > 12) {
      throw new DateTimeException("too far away");
    }
    BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochSecond(
        parts[0].longValueExact(), parts[1].movePointRight(9).longValue());
  }

  private static Instant fromIso(String text) {
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? withT(text) : text;
    TemporalAccessor read = parsed(withoutSecondZone(iso));
    return read instanceof OffsetDateTime moment
        ? moment.toInstant()
        : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
  }

  private static TemporalAccessor parsed(String iso) {
    try {
      return ISO_FORM.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
    } catch (DateTimeException e) {
      return OffsetDateTime.parse(iso, ISO_FORM_WITHOUT_COLON);
    }
  }

  private static DateTimeFormatter isoWithOffset(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
        .optionalStart()
        .appendOffset(pattern, "Z")
        .optionalEnd()
        .toFormatter()
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static String withT(String text) {
    return text.substring(0, 10) + 'T' + text.substring(11).replace(" ", "");
  }

  /** {@code 2025-08-06T12:00:00+00:00Z} without its Z: the offset is the one that was computed. */
  private static String withoutSecondZone(String text) {
    boolean offsetAndZ =
        text.endsWith("Z") && text.length() > 17 && text.substring(16).matches(".*[+-]\\d.*Z");
    return offsetAndZ ? text.substring(0, text.length() - 1) : text;
  }
}

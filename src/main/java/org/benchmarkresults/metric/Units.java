package org.benchmarkresults.metric;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Units as tools write them, and as they are kept: UCUM with annotations, as OpenTelemetry writes
 * it ({@code ms}, {@code {token}/s}, {@code 1}).
 */
public final class Units {
  /**
   * A unit.
   *
   * @param symbol as it is kept
   * @param quantity units of one quantity can be converted into each other
   * @param factor how many of the quantity's base unit it is
   */
  public record Unit(String symbol, String quantity, BigDecimal factor) {}

  private static final Map<String, Unit> BY_TEXT = new HashMap<>();
  private static final Pattern IN_BRACKETS = Pattern.compile("\\(([^()]+)\\)\\s*$");

  static {
    add("s", "time", "1", "sec", "secs", "second", "seconds");
    add("ms", "time", "1e-3", "msec", "millisecond", "milliseconds", "millis");
    add("us", "time", "1e-6", "µs", "μs", "usec", "microsecond", "microseconds");
    add("ns", "time", "1e-9", "nsec", "nanosecond", "nanoseconds", "nanos");
    add("min", "time", "60", "minute", "minutes");
    add("h", "time", "3600", "hour", "hours");
    add("1", "ratio", "1", "ratio", "fraction", "proportion", "0-1");
    add("%", "ratio", "0.01", "percent", "percentage", "pct");
    add("{token}/s", "token rate", "1");
    for (String token : new String[] {"tok", "tokens", "token", "toks"}) {
      for (String per : new String[] {"/s", "/sec", "/second", " per second"}) {
        alias("{token}/s", token + per);
        alias2("{token}/s/{user}", "token rate of a user", token + per + "/user");
        alias2("{token}/s/{gpu}", "token rate of a gpu", token + per + "/gpu");
        alias2("{token}/s/{request}", "token rate of a request", token + per + "/request");
      }
    }
    add("{request}/s", "request rate", "1", "req/s", "req/sec", "requests/s", "requests/sec");
    alias("{request}/s", "requests/second", "qps", "rps");
    add("{request}/min", "request rate", "0.0166666666666666666666666666666667", "req/min");
    add("{sample}/s", "sample rate", "1", "samples/s", "samples/sec", "samples/second");
    add("{query}/s", "query rate", "1", "queries/s", "queries/sec");
    add("{item}/s", "item rate", "1", "items/s", "items/sec");
    add("{input}/s", "input rate", "1", "inputs/s");
    add("{image}/s", "image rate", "1", "images/s", "images/sec");
    add("{count}", "counts", "1", "counts", "count");
    add("By", "bytes", "1", "b", "byte", "bytes");
    add("kBy", "bytes", "1e3", "kb");
    add("MBy", "bytes", "1e6", "mb", "megabytes");
    add("GBy", "bytes", "1e9", "gb", "gigabytes");
    add("KiBy", "bytes", "1024", "kib");
    add("MiBy", "bytes", "1048576", "mib");
    add("GiBy", "bytes", "1073741824", "gib");
    add("By/s", "byte rate", "1", "b/s", "bytes/s", "bytes/sec");
    add("MBy/s", "byte rate", "1e6", "mb/s", "mb/sec");
    add("{token}", "tokens", "1", "tokens", "token", "tok", "toks");
    add("{request}", "requests", "1", "requests", "request", "req");
    add("USD", "money", "1", "usd", "$", "dollars");
    for (String time : new String[] {"ns", "us", "ms", "s", "min"}) {
      alias(time, time + "/op");
    }
    alias("h", "hr/op", "hr");
    add("{operation}/s", "operation rate", "1", "ops/s", "ops/sec", "op/s");
    add("{operation}/ms", "operation rate", "1e3", "ops/ms");
    add("{operation}/us", "operation rate", "1e6", "ops/us");
    add("{operation}/ns", "operation rate", "1e9", "ops/ns");
    add("{operation}/min", "operation rate", "0.0166666666666666666666666666666667", "ops/min");
    add("{iteration}/s", "iteration rate", "1", "iterations/s");
    add("By/{operation}", "bytes an operation", "1", "b/op");
    add("1/s", "rate", "1", "/s");
    add("J", "energy", "1", "joule", "joules");
    add("W", "power", "1", "watt", "watts");
    add("kW.h", "electric energy", "1", "kwh");
  }

  private Units() {}

  private static void add(String symbol, String quantity, String factor, String... texts) {
    Unit unit = new Unit(symbol, quantity, new BigDecimal(factor));
    BY_TEXT.put(symbol.toLowerCase(Locale.ROOT), unit);
    for (String text : texts) {
      BY_TEXT.put(text, unit);
    }
  }

  private static void alias(String symbol, String... texts) {
    Unit unit = BY_TEXT.get(symbol.toLowerCase(Locale.ROOT));
    for (String text : texts) {
      BY_TEXT.put(text, unit);
    }
  }

  private static void alias2(String symbol, String quantity, String text) {
    Unit unit = new Unit(symbol, quantity, BigDecimal.ONE);
    BY_TEXT.put(symbol, unit);
    BY_TEXT.put(text, unit);
  }

  /** The unit that a tool's text means, as in {@code Latency (ms)}; null when none is known. */
  public static @Nullable Unit of(String text) {
    Unit unit = BY_TEXT.get(text.strip().toLowerCase(Locale.ROOT));
    Matcher inside = IN_BRACKETS.matcher(text);
    return unit == null && inside.find()
        ? BY_TEXT.get(inside.group(1).strip().toLowerCase(Locale.ROOT))
        : unit;
  }

  /**
   * The unit that a number is kept in: that of the dictionary where both measure one quantity, and
   * no percentages.
   *
   * @param from null when the file tells no unit that is known
   * @param wanted the dictionary's unit
   */
  public static @Nullable Unit kept(@Nullable Unit from, @Nullable String wanted) {
    if (from == null) {
      return null;
    }
    Unit other = wanted == null ? null : of(wanted);
    if (other != null && other.quantity().equals(from.quantity())) {
      return other;
    }
    return from.symbol().equals("%") ? of("1") : from;
  }

  /** A number in another unit of its quantity; the same where either is not known. */
  public static BigDecimal kept(BigDecimal number, @Nullable Unit from, @Nullable Unit to) {
    return from == null || to == null ? number : convert(number, from, to);
  }

  /** A number in another unit of its quantity. */
  public static BigDecimal convert(BigDecimal number, Unit from, Unit to) {
    return from.factor().compareTo(to.factor()) == 0
        ? number
        : number.multiply(from.factor()).divide(to.factor(), java.math.MathContext.DECIMAL128);
  }
}

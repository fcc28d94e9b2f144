package org.benchmarkresults.storage;

import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.storage.document.NumberSpellings;
import org.jspecify.annotations.Nullable;

/**
 * A filter and an order, applied plainly to results in a list.
 *
 * @param texts how the database orders texts
 */
public record InMemory(Comparator<String> texts) {
  private static final String NUMBER = "-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?";

  /** The names of the results that are meant, in order. */
  public List<String> names(List<ResultSummary> results, Filter filter, Sort sort) {
    return results.stream()
        .filter(result -> means(filter, result))
        .sorted(order(sort))
        .map(ResultSummary::resultName)
        .toList();
  }

  private Comparator<ResultSummary> order(Sort sort) {
    Comparator<ResultSummary> byName = Comparator.comparing(ResultSummary::resultName, texts);
    Comparator<ResultSummary> byReceipt =
        Comparator.comparing(ResultSummary::firstReceivedAt).thenComparing(byName);
    Comparator<String> lackingFirst = Comparator.nullsFirst(texts);
    Comparator<ResultSummary> ascending =
        switch (sort.key()) {
          case RECEIVED_AT -> byReceipt;
          case TIMESTAMP ->
              Comparator.comparing(
                      ResultSummary::instant, Comparator.nullsFirst(Comparator.naturalOrder()))
                  .thenComparing(byName);
          case BENCHMARK_NAME ->
              Comparator.comparing(InMemory::benchmarkName, texts)
                  .thenComparing(byReceipt.reversed());
          case MODEL_ID ->
              Comparator.comparing(InMemory::modelId, lackingFirst)
                  .thenComparing(byReceipt.reversed());
        };
    return sort.descending() ? ascending.reversed() : ascending;
  }

  private static String benchmarkName(ResultSummary result) {
    return result.envelope().key().benchmarkName();
  }

  private static @Nullable String modelId(ResultSummary result) {
    return result.envelope().modelId();
  }

  boolean means(Filter filter, ResultSummary result) {
    return switch (filter) {
      case Filter.All all -> all.parts().stream().allMatch(part -> means(part, result));
      case Filter.Any any -> any.parts().stream().anyMatch(part -> means(part, result));
      case Filter.Not not -> !means(not.part(), result);
      case Filter.OneOf oneOf ->
          oneOf.values().stream()
              .anyMatch(
                  value ->
                      compared(oneOf.field(), value, result, 0)
                          || isSameNumber(oneOf.field(), value, result));
      case Filter.Compare compare ->
          switch (compare.side()) {
            case LESS -> compared(compare.field(), compare.value(), result, -1);
            case GREATER -> compared(compare.field(), compare.value(), result, 1);
            case AT_MOST -> compared(compare.field(), compare.value(), result, -1, 0);
            case AT_LEAST -> compared(compare.field(), compare.value(), result, 0, 1);
          };
      case Filter.Prefix prefix ->
          textsOf(prefix.field(), result).stream().anyMatch(text -> text.startsWith(prefix.text()));
      case Filter.Present present -> isPresent(present.field(), result);
    };
  }

  /** Whether the member is there, of the value's type, and on one of the sides of it. */
  private boolean compared(Field field, Value value, ResultSummary result, int... sides) {
    if (value instanceof Value.Text wanted) {
      return textsOf(field, result).stream()
          .map(text -> side(text, wanted.text(), texts))
          .anyMatch(side -> Arrays.stream(sides).anyMatch(one -> one == side));
    }
    Integer side =
        switch (value) {
          case Value.Text text -> throw new IllegalArgumentException("compared above: " + text);
          case Value.Spelling spelling ->
              throw new IllegalArgumentException("nobody sends " + spelling);
          case Value.Moment moment ->
              side(momentOf(field, result), moment.instant(), Comparator.<Instant>naturalOrder());
          case Value.Whole whole when field.own() == null ->
              side(
                  decimalOf(field, result),
                  BigDecimal.valueOf(whole.number()),
                  Comparator.<BigDecimal>naturalOrder());
          case Value.Whole whole ->
              side(wholeOf(field, result), whole.number(), Comparator.<Long>naturalOrder());
          case Value.Real real ->
              side(realOf(field, result), real.number(), Comparator.<Double>naturalOrder());
        };
    return side != null && Arrays.stream(sides).anyMatch(wanted -> wanted == side);
  }

  /** Numbers of further members are equal whatever their spelling. */
  private static boolean isSameNumber(Field field, Value value, ResultSummary result) {
    BigDecimal number = field.own() == null ? decimalOf(field, result) : null;
    return number != null
        && value instanceof Value.Text text
        && text.text().matches(NUMBER)
        && new BigDecimal(text.text()).compareTo(number) == 0;
  }

  private static @Nullable BigDecimal decimalOf(Field field, ResultSummary result) {
    return member(field, result)
        .filter(json -> json.matches(NUMBER))
        .map(BigDecimal::new)
        .orElse(null);
  }

  private static <T> @Nullable Integer side(@Nullable T member, T value, Comparator<T> order) {
    return member == null ? null : Integer.signum(order.compare(member, value));
  }

  private static boolean isPresent(Field field, ResultSummary result) {
    return field.own() == null
        ? member(field, result).filter(json -> !json.equals("null")).isPresent()
        : field.own() == Field.Own.NON_FINITE
            ? nonFinite(result) > 0
            : textOf(field, result) != null
                || momentOf(field, result) != null
                || wholeOf(field, result) != null;
  }

  /** A number is found by its plain spelling too. */
  private static List<String> textsOf(Field field, ResultSummary result) {
    String text = textOf(field, result);
    BigDecimal number = field.own() == null ? decimalOf(field, result) : null;
    if (text == null || number == null) {
      return text == null ? List.of() : List.of(text);
    }
    return List.of(text, Objects.requireNonNull(NumberSpellings.plain(text)));
  }

  private static @Nullable String textOf(Field field, ResultSummary result) {
    var envelope = result.envelope();
    if (field.own() == null) {
      return member(field, result).map(InMemory::simpleText).orElse(null);
    }
    return switch (field.own()) {
      case PK -> result.resultName();
      case BENCHMARK_NAME -> envelope.key().benchmarkName();
      case RUN_ID -> envelope.key().runId();
      case MODEL_ID -> envelope.modelId();
      case TOKENIZER_ID -> envelope.tokenizerId();
      case SOURCE -> envelope.source();
      case DIGEST -> result.digest().text();
      case EXCLUDED -> result.annotations().excluded();
      case LABEL -> result.annotations().label(field.labelKey()).orElse(null);
      default -> null;
    };
  }

  private static @Nullable String simpleText(String json) {
    return switch (json.charAt(0)) {
      case '{', '[' -> null;
      case '"' -> new JsonArray("[" + json + "]").getString(0);
      default -> json;
    };
  }

  private static @Nullable Instant momentOf(Field field, ResultSummary result) {
    return switch (Objects.requireNonNull(field.own())) {
      case TIMESTAMP, INSTANT -> result.instant();
      case RECEIVED_AT -> result.receivedAt();
      case FIRST_RECEIVED_AT -> result.firstReceivedAt();
      default -> null;
    };
  }

  private static @Nullable Long wholeOf(Field field, ResultSummary result) {
    return switch (Objects.requireNonNull(field.own())) {
      case VERSION -> (long) result.version();
      case SIZE -> result.size();
      case NON_FINITE -> nonFinite(result);
      default -> null;
    };
  }

  private static long nonFinite(ResultSummary result) {
    return result.nonFinite()
        + result.envelope().extra().stream().mapToLong(m -> m.value().nonFinite()).sum();
  }

  private static @Nullable Double realOf(Field field, ResultSummary result) {
    return member(field, result)
        .filter(json -> json.matches("-?\\d.*"))
        .map(Double::valueOf)
        .orElse(null);
  }

  private static Optional<String> member(Field field, ResultSummary result) {
    return result.envelope().extra().stream()
        .filter(member -> member.name().equals(field.name()))
        .findFirst()
        .map(ExtraField::value)
        .map(value -> value.text());
  }
}

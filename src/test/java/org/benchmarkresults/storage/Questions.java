package org.benchmarkresults.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.model.text.Timestamps;

/**
 * Random results, filters and orders. Values are few, so that ties and matches are many; they are
 * the ones that databases, query languages and encodings trip over.
 */
public final class Questions {
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");

  private static final Arbitrary<String> TEXTS =
      Arbitraries.of(
          "a",
          "A",
          "b",
          "ab",
          "a-b",
          "",
          "é",
          "e\u0301",
          "\ue000",
          "\uffff",
          "\ud83d\ude00",
          "a\ud83d\ude00",
          "4",
          "4.00",
          "40e-1",
          "-0",
          "9007199254740993",
          "$eq",
          "a.b",
          "{\"$gt\":\"\"}",
          "null",
          "1",
          "1.0",
          "true",
          "a\u0000b",
          "A/B+c %2F");

  private static final Arbitrary<String> TIMESTAMPS =
      Arbitraries.of(
          "2026-04-21T12:00:00Z",
          "2026-04-21",
          "2026-04-21T12:00:00.001Z",
          "1776772800",
          "soon",
          "2026-04-21 14:00:00+02:00",
          "2026");

  private static final Arbitrary<String> JSON =
      Arbitraries.of(
          "\"a\"",
          "\"ab\"",
          "\"1\"",
          "1",
          "1.0",
          "4",
          "4.0",
          "0.4e1",
          "\"4.0\"",
          "0",
          "-0.0",
          "0e5",
          "9007199254740992",
          "9007199254740993.0",
          "-2.5e3",
          "1e999",
          "true",
          "null",
          "\"null\"",
          "{}",
          "{\"a\":1}",
          "[1]",
          "\"\\u00e9\"",
          "\"é\"",
          "\"\\ud83d\\ude00\"",
          "\"\"",
          "12345678901234567890",
          "NaN",
          "[NaN,-Infinity]");

  private static final Arbitrary<String> FURTHER_NAMES =
      Arbitraries.of("tasks", "a.b", "$set", "$where", "", "_id", "v");

  /** One begins as another does. */
  private static final Arbitrary<String> LABEL_KEYS = Arbitraries.of("a", "ab", "a.b", "nightly");

  private Questions() {}

  /** Some results, each with a name of its own. */
  public static Arbitrary<List<ResultSummary>> results() {
    return result().list().ofMaxSize(24).uniqueElements(ResultSummary::resultName);
  }

  private static Arbitrary<ResultSummary> result() {
    Arbitrary<Instant> moments = Arbitraries.integers().between(0, 2).map(NOON::plusMillis);
    Arbitrary<int[]> numbers = Arbitraries.integers().between(0, 3).array(int[].class).ofSize(3);
    return Combinators.combine(envelope(), moments, moments, numbers, annotations())
        .as(
            (envelope, received, first, n, annotations) ->
                new ResultSummary(
                    envelope,
                    Timestamps.instantOf(envelope.key().timestamp()),
                    1 + n[0],
                    n[1],
                    new Digest("sha256:" + Integer.toString(n[1]).repeat(64)),
                    n[2],
                    received,
                    first,
                    annotations));
  }

  private static Arbitrary<Annotations> annotations() {
    Arbitrary<List<Label>> labels =
        Arbitraries.maps(LABEL_KEYS, TEXTS)
            .ofMaxSize(3)
            .map(
                map ->
                    new TreeMap<>(map)
                        .entrySet().stream()
                            .map(e -> new Label(e.getKey(), e.getValue()))
                            .toList());
    return Combinators.combine(labels, TEXTS.injectNull(0.7))
        .as((all, reason) -> new Annotations(1, all, null, reason))
        .injectNull(0.3)
        .map(annotations -> annotations == null ? Annotations.NONE : annotations);
  }

  private static Arbitrary<Envelope> envelope() {
    Arbitrary<String> names = TEXTS.filter(text -> !text.isEmpty());
    Arbitrary<ResultKey> keys = Combinators.combine(TIMESTAMPS, names, names).as(ResultKey::new);
    Arbitrary<String> mayLack = TEXTS.injectNull(0.3);
    return Combinators.combine(keys, mayLack, mayLack, mayLack, members()).as(Envelope::new);
  }

  private static Arbitrary<List<ExtraField>> members() {
    return Arbitraries.maps(FURTHER_NAMES, JSON.map(Questions::json))
        .ofMaxSize(3)
        .map(
            map ->
                map.entrySet().stream()
                    .map(e -> new ExtraField(e.getKey(), e.getValue()))
                    .toList());
  }

  private static RawJson json(String text) {
    int nonFinite = text.equals("NaN") ? 1 : text.contains("NaN") ? 2 : 0;
    return new RawJson(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), nonFinite);
  }

  public static Arbitrary<Sort> sorts() {
    return Combinators.combine(Arbitraries.of(Sort.Key.values()), Arbitraries.of(true, false))
        .as(Sort::new);
  }

  /** Trees of all that a filter can be. */
  public static Arbitrary<Filter> filters() {
    return Arbitraries.lazyOf(
        Questions::condition,
        Questions::condition,
        Questions::condition,
        () -> filters().list().ofMaxSize(3).map(Filter.All::new),
        () -> filters().list().ofMaxSize(3).map(Filter.Any::new),
        () -> filters().map(Filter.Not::new));
  }

  private static Arbitrary<Filter> condition() {
    return Arbitraries.oneOf(
        fields().flatMap(Questions::oneOf),
        fields().flatMap(Questions::compare),
        prefix(),
        fields().map(Filter.Present::new));
  }

  private static Arbitrary<Field> fields() {
    return Arbitraries.oneOf(
        Arbitraries.of(Own.values()).filter(own -> own != Own.LABEL).map(Field::of),
        LABEL_KEYS.map(Field::ofLabel),
        FURTHER_NAMES.map(Field::further));
  }

  private static Arbitrary<Filter> oneOf(Field field) {
    Arbitrary<Value> values =
        field.own() == null ? TEXTS.map(Value.Text::new) : values(field.own());
    return values.list().ofMinSize(1).ofMaxSize(4).map(list -> new Filter.OneOf(field, list));
  }

  private static Arbitrary<Filter> compare(Field field) {
    Arbitrary<Value> numbers =
        Arbitraries.oneOf(
            Arbitraries.of(1.0, 0.5, -3e3, 1e300).map(Value.Real::new),
            Arbitraries.of(9_007_199_254_740_992L, 9_007_199_254_740_993L).map(Value.Whole::new));
    Arbitrary<Value> values =
        field.own() == null
            ? Arbitraries.oneOf(TEXTS.map(Value.Text::new), numbers)
            : values(field.own());
    return Combinators.combine(Arbitraries.of(Filter.Side.values()), values)
        .as((side, value) -> new Filter.Compare(field, side, value));
  }

  /** The texts after U+D7FF and U+FFFF are where UTF-16 has another order than UTF-8. */
  private static Arbitrary<Filter> prefix() {
    Arbitrary<Field> ofText =
        fields().filter(field -> field.own() == null || field.own().kind() == Field.Kind.TEXT);
    Arbitrary<String> texts =
        Arbitraries.oneOf(
                TEXTS, Arbitraries.of("2026-04", "2026-04-21-a", "sha256:", "\ud83d\ude00"))
            .filter(text -> !text.endsWith("\uffff"));
    return Combinators.combine(ofText, texts).as(Filter.Prefix::new);
  }

  private static Arbitrary<Value> values(Own own) {
    return switch (own.kind()) {
      case TEXT ->
          own == Own.PK
              ? Combinators.combine(TIMESTAMPS, TEXTS, TEXTS)
                  .as((timestamp, name, run) -> new Value.Text(timestamp + "-" + name + "-" + run))
              : TEXTS.map(Value.Text::new);
      case MOMENT ->
          Arbitraries.oneOf(
                  Arbitraries.integers().between(-1, 3).map(NOON::plusMillis),
                  Arbitraries.of(Instant.parse("2026-04-21T00:00:00Z")))
              .map(Value.Moment::new);
      case WHOLE -> Arbitraries.longs().between(0, 4).map(Value.Whole::new);
    };
  }
}

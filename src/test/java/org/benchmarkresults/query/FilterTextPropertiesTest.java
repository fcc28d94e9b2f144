package org.benchmarkresults.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;

/** Filters are read as they were written, and nothing that is written does harm. */
class FilterTextPropertiesTest {
  private static final String SEED = "20261125";

  @Property(seed = SEED)
  void whatIsWrittenAsRsqlIsReadBack(@ForAll("filters") Filter filter) {
    String text = Rsql.of(filter);
    Assume.that(text.length() <= FilterText.LONGEST && text.split("[<=!>]=?").length < 90);

    assertEquals(filter, FilterText.parse(text), text);
  }

  @Property(seed = SEED, tries = 3_000)
  void anyTextIsAFilterOrRefused(@ForAll("texts") String text) {
    try {
      Filter filter = FilterText.parse(text);
      assertEquals(filter, FilterText.parse(text));
    } catch (QueryRefused expected) {
      assertEquals("filter", expected.parameter());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> fragments =
        Arbitraries.of(
            "benchmark_name",
            "extra.x",
            "timestamp",
            "size",
            "==",
            "!=",
            "=in=",
            "=out=",
            "=prefix=",
            "=exists=",
            "=gt=",
            "=lt=",
            "=x=",
            "<",
            ">=",
            "(",
            ")",
            "((",
            "))",
            ";",
            ",",
            "'",
            "\"",
            "\\",
            " ",
            "and",
            " or ",
            "a",
            "1",
            "-1e999",
            "2026-04-21",
            "true",
            "é",
            "\ud83d\ude00",
            "\u0000",
            "\n");
    return Arbitraries.oneOf(
        Arbitraries.strings(), fragments.list().ofMaxSize(12).map(list -> String.join("", list)));
  }

  @Provide
  Arbitrary<Filter> filters() {
    return tree(2);
  }

  private static Arbitrary<Filter> tree(int depth) {
    if (depth == 0) {
      return condition();
    }
    Arbitrary<List<Filter>> parts = tree(depth - 1).list().ofMinSize(2).ofMaxSize(4);
    return Arbitraries.oneOf(condition(), parts.map(Filter.All::new), parts.map(Filter.Any::new));
  }

  private static Arbitrary<Filter> condition() {
    Arbitrary<Filter> present = fields().map(Filter.Present::new);
    Arbitrary<Filter> oneOf = fields().flatMap(FilterTextPropertiesTest::oneOf);
    return Arbitraries.oneOf(
        present,
        present.map(Filter.Not::new),
        oneOf,
        oneOf.map(Filter.Not::new),
        fields().flatMap(FilterTextPropertiesTest::compare),
        Combinators.combine(fieldsOfText(), words()).as(Filter.Prefix::new));
  }

  private static Arbitrary<Field> fields() {
    Arbitrary<String> names =
        Arbitraries.strings().withChars("abzAZ019._-$é[]{}|*").ofMinLength(1).ofMaxLength(8);
    return Arbitraries.oneOf(
        Arbitraries.of(Own.values()).filter(own -> own != Own.LABEL).map(Field::of),
        Arbitraries.of("a", "nightly", "A.b_c-d").map(Field::ofLabel),
        names.map(Field::further));
  }

  private static Arbitrary<Field> fieldsOfText() {
    return fields().filter(field -> field.own() == null || field.own().kind() == Field.Kind.TEXT);
  }

  private static Arbitrary<Filter> oneOf(Field field) {
    return values(field, words())
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(values -> new Filter.OneOf(field, values));
  }

  private static Arbitrary<Filter> compare(Field field) {
    Arbitrary<Value> numbers = Arbitraries.doubles().map(Value.Real::new);
    Arbitrary<Value> texts = values(field, words().filter(text -> !text.matches("-?\\d.*")));
    Arbitrary<Value> values = field.own() == null ? Arbitraries.oneOf(numbers, texts) : texts;
    return Combinators.combine(Arbitraries.of(Filter.Side.values()), values)
        .as((side, value) -> new Filter.Compare(field, side, value));
  }

  private static Arbitrary<Value> values(Field field, Arbitrary<String> texts) {
    Field.Kind kind = field.own() == null ? Field.Kind.TEXT : field.own().kind();
    return switch (kind) {
      case TEXT -> texts.map(Value.Text::new);
      case MOMENT ->
          Arbitraries.longs()
              .between(-1_000_000_000_000L, 4_000_000_000_000L)
              .map(Instant::ofEpochMilli)
              .map(Value.Moment::new);
      case WHOLE -> Arbitraries.longs().between(-999_999, 999_999_999).map(Value.Whole::new);
    };
  }

  private static Arbitrary<String> words() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12),
            Arbitraries.of(
                "",
                "a b",
                "\"",
                "'",
                "\\",
                "\\\"",
                "(a,b)",
                "a;b",
                "*",
                "Qwen/Qwen3-8B",
                "\ud83d\ude00"))
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }
}

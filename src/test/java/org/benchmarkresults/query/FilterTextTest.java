package org.benchmarkresults.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Filter.Side;
import org.benchmarkresults.model.search.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTextTest {
  private static final Field NAME = Field.of(Own.BENCHMARK_NAME);
  private static final Field TASKS = Field.further("tasks");

  private static Filter is(Field field, String... texts) {
    return new Filter.OneOf(field, Stream.of(texts).<Value>map(Value.Text::new).toList());
  }

  static List<Arguments> readings() {
    Value noon = new Value.Moment(Instant.parse("2026-04-21T12:00:00Z"));
    return List.of(
        Arguments.of("benchmark_name==a", is(NAME, "a")),
        Arguments.of("benchmark_name!=a", new Filter.Not(is(NAME, "a"))),
        Arguments.of("benchmark_name=in=(a,b)", is(NAME, "a", "b")),
        Arguments.of("benchmark_name=out=(a,b)", new Filter.Not(is(NAME, "a", "b"))),
        Arguments.of("benchmark_name=prefix=a", new Filter.Prefix(NAME, "a")),
        Arguments.of("model_id=exists=true", new Filter.Present(Field.of(Own.MODEL_ID))),
        Arguments.of(
            "model_id=exists=false", new Filter.Not(new Filter.Present(Field.of(Own.MODEL_ID)))),
        Arguments.of(
            "size>10", new Filter.Compare(Field.of(Own.SIZE), Side.GREATER, new Value.Whole(10))),
        Arguments.of(
            "size=le=-1",
            new Filter.Compare(Field.of(Own.SIZE), Side.AT_MOST, new Value.Whole(-1))),
        Arguments.of(
            "timestamp<\"2026-04-21 14:00:00+02:00\"",
            new Filter.Compare(Field.of(Own.TIMESTAMP), Side.LESS, noon)),
        Arguments.of(
            "received_at>=2026-04-21T12:00:00Z",
            new Filter.Compare(Field.of(Own.RECEIVED_AT), Side.AT_LEAST, noon)),
        Arguments.of("extra.tasks==1", is(TASKS, "1")),
        Arguments.of("extra.tasks>1", new Filter.Compare(TASKS, Side.GREATER, new Value.Real(1))),
        Arguments.of(
            "extra.tasks>01", new Filter.Compare(TASKS, Side.GREATER, new Value.Text("01"))),
        Arguments.of("extra.$set.a==x", is(Field.further("$set.a"), "x")),
        Arguments.of("benchmark_name=='a \"b\" (c;d,e)=~'", is(NAME, "a \"b\" (c;d,e)=~")),
        Arguments.of("benchmark_name==\"it's \\\"so\\\"\"", is(NAME, "it's \"so\"")),
        Arguments.of("benchmark_name==a*", is(NAME, "a*")),
        Arguments.of(
            "benchmark_name==a;benchmark_name==b,extra.tasks==c",
            new Filter.Any(
                List.of(new Filter.All(List.of(is(NAME, "a"), is(NAME, "b"))), is(TASKS, "c")))),
        Arguments.of(
            "benchmark_name==a;(benchmark_name==b,extra.tasks==c)",
            new Filter.All(
                List.of(is(NAME, "a"), new Filter.Any(List.of(is(NAME, "b"), is(TASKS, "c")))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readings")
  void filtersMeanWhatTheySay(String text, Filter meaning) {
    assertEquals(meaning, FilterText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "benchmark_name",
        "benchmark_name==",
        "==a",
        "benchmark_name==a;",
        "(benchmark_name==a",
        "benchmark_name==a)",
        "benchmark_name==(a,b)",
        "benchmark_name=~a",
        "benchmark_name=regex=a",
        "benchmark_name=='a",
        "$where==1",
        "benchmark_name==a b",
        "benchmark_name=in=()"
      })
  void whatIsNoFilterIsRefused(String text) {
    assertEquals("filter", refusal(text).parameter());
  }

  @ParameterizedTest
  @CsvSource({
    "bench_name==a, 'did you mean benchmark_name'",
    "modle_id==a, 'did you mean model_id'",
    "data==a, 'there is no member \"data\"'",
    "extra.==a, 'there is no member \"extra.\"'",
    "timestamp==soon, 'not \"soon\"'",
    "size==1.5, 'whole number'",
    "version==99999999999999999999, 'whole number'",
    "size=prefix=1, '=prefix= is for texts'",
    "model_id=exists=yes, 'true or false'",
  })
  void aRefusalSaysWhy(String text, String why) {
    String said = refusal(text).getMessage();

    assertTrue(said.contains(why), said);
  }

  @Test
  void aFilterHasALongestLength() {
    String longest =
        "benchmark_name==" + "x".repeat(FilterText.LONGEST - "benchmark_name==".length());

    assertEquals(
        is(NAME, longest.substring("benchmark_name==".length())), FilterText.parse(longest));
    assertTrue(refusal(longest + "x").getMessage().contains("4096 characters"));
  }

  @Test
  void aFilterHasADeepestLevel() {
    String deepest = "(".repeat(16) + "benchmark_name==a" + ")".repeat(16);

    assertEquals(is(NAME, "a"), FilterText.parse(deepest));
    assertTrue(refusal("(" + deepest + ")").getMessage().contains("16 levels"));
    assertTrue(refusal("(".repeat(4_000)).getMessage().contains("16 levels"));
  }

  @Test
  void parenthesesInQuotesAreNoLevels() {
    String text = "(".repeat(20);

    assertEquals(is(NAME, text), FilterText.parse("benchmark_name=='" + text + "'"));
    assertEquals(is(NAME, "'" + text), FilterText.parse("benchmark_name=='\\'" + text + "'"));
  }

  @Test
  void aFilterHasAMostOfConditions() {
    String most = repeated("size==1", 100, ";");

    assertEquals(100, ((Filter.All) FilterText.parse(most)).parts().size());
    assertTrue(refusal(most + ",size==1").getMessage().contains("100 conditions"));
  }

  @Test
  void aListOfValuesHasAMost() {
    String most = repeated("v", 50, ",");

    assertEquals(50, ((Filter.OneOf) FilterText.parse("source=in=(" + most + ")")).values().size());
    assertTrue(refusal("source=out=(" + most + ",v)").getMessage().contains("50 values"));
  }

  private static String repeated(String text, int times, String separator) {
    return IntStream.range(0, times).mapToObj(i -> text).collect(Collectors.joining(separator));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_id=like=x | there is no comparison =like=",
        "model_id=x | a single = is not a comparison",
        "benchmark_name==a;model_id=Qwen/Qwen3 | a single = is not a comparison",
        "model_id==a b | from character 13 on, which is \"b\"",
        "(model_id==x | breaks off at its end",
        "model_id== | breaks off at its end",
        "model_id==x;; | from character 13 on",
        "model_id=in=a,b) | character",
        "== | from character 1 on",
      })
  void aRefusalSaysWhereItBreaksAndWhatThereIs(String text, String reason) {
    String said = refusal(text).getMessage();

    assertTrue(said.contains(reason), said);
    assertTrue(said.startsWith("is not valid RSQL"), said);
    assertTrue(said.contains("=prefix=") && said.contains("=out="), said);
  }

  private static QueryRefused refusal(String text) {
    return assertThrows(QueryRefused.class, () -> FilterText.parse(text), text);
  }
}

package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Sort.Key;
import org.benchmarkresults.query.FilterText;
import org.benchmarkresults.storage.index.Indexes;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which index is walked, and what is asked of it. */
class IndexChoiceTest {
  private static Filter parsed(String text) {
    return text.isEmpty() ? Filter.everything() : FilterText.parse(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | RECEIVED_AT | received | '' | ''",
        "'' | TIMESTAMP | timestamp | '' | ''",
        "benchmark_name==a | RECEIVED_AT | benchmark_received | '' | ''",
        "benchmark_name=in=(a,b) | RECEIVED_AT | benchmark_received | benchmark_name | ''",
        "benchmark_name=in=(a,b) | BENCHMARK_NAME | benchmark_received | '' | ''",
        "benchmark_name=in=(a,b) | MODEL_ID | benchmark_model | benchmark_name | ''",
        "model_id=in=(a,b) | TIMESTAMP | model_timestamp | model_id | ''",
        "model_id==a | BENCHMARK_NAME | model_benchmark | '' | ''",
        "model_id=in=(a,b);benchmark_name=in=(c,d) | RECEIVED_AT | benchmark_model | benchmark_name model_id | ''",
        "model_id==a;benchmark_name==b | TIMESTAMP | model_timestamp | '' | benchmark_model",
        "model_id==a;benchmark_name==b | BENCHMARK_NAME | model_benchmark | '' | ''",
        "run_id==a;source==b | RECEIVED_AT | run | '' | source",
        "run_id==a;source==b | TIMESTAMP | timestamp | '' | run source",
        "tokenizer_id==a | MODEL_ID | model_received | '' | tokenizer",
        "extra.tasks=in=(a,b) | RECEIVED_AT | further_member | tasks | ''",
        "extra.tasks==a | TIMESTAMP | timestamp | '' | further_member",
        "pk=prefix=a;timestamp>=2026-01-01 | RECEIVED_AT | received | '' | _id_ timestamp",
        "source==a,source==b | RECEIVED_AT | received | '' | ''",
        "source!=a;benchmark_name=prefix=a | RECEIVED_AT | received | '' | ''",
      })
  void theIndexInOrderAndTheDirectOnes(
      String filter, Key key, String inOrder, String before, String direct) {
    IndexChoice choice = IndexChoice.of(parsed(filter), new Sort(key, false), false);

    assertEquals(inOrder, choice.inOrder());
    assertEquals(
        before,
        choice.before().stream()
            .map(Filter.OneOf::field)
            .map(Field::name)
            .collect(Collectors.joining(" ")));
    assertEquals(
        direct,
        choice.direct().stream().map(IndexChoice.Direct::index).collect(Collectors.joining(" ")));
  }

  @Test
  void manyValuesWithManyConditionsAreNotTakenApart() {
    String values = IntStream.range(0, 50).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
    String conditions = ";extra.x!=a".repeat(60);

    IndexChoice few =
        IndexChoice.of(parsed("model_id=in=(" + values + ")"), Sort.NEWEST_FIRST, false);
    IndexChoice many =
        IndexChoice.of(
            parsed("model_id=in=(" + values + ")" + conditions), Sort.NEWEST_FIRST, false);

    assertEquals("model_received", few.inOrder());
    assertEquals(new IndexChoice("received", List.of(), List.of()), many);
  }

  private static List<BsonDocument> parts(String filter, PageKey after, String index) {
    Search search =
        new Search(Stage.RAW, false, parsed(filter), Sort.NEWEST_FIRST, after, 1, false);
    return new PageQuery(search, false).parts(index);
  }

  private static List<BsonDocument> documents(String... documents) {
    return List.of(documents).stream().map(BsonDocument::parse).toList();
  }

  @Test
  void aFirstPageIsAskedForInOnePart() {
    assertEquals(documents("{}"), parts("", null, Indexes.RECEIVED));
    assertEquals(documents("{run_id: {$eq: 'a'}}"), parts("run_id==a", null, Indexes.RUN));
    assertEquals(
        documents("{$or: [{run_id: {$eq: 'a'}}, {run_id: {$eq: 'b'}}]}"),
        parts("run_id=in=(a,b,a)", null, Indexes.RUN));
  }

  @Test
  void aPageBehindAMarkIsAskedForRangeByRange() {
    PageKey key = new PageKey(null, null, IndexedResults.NOON, "n");
    String noon = "{$date: '2026-04-21T12:00:00Z'}";
    String same = "{first_received_at: {$eq: " + noon + "}, _id: {$lt: 'n'}}";
    String earlier = "{first_received_at: {$lt: " + noon + "}}";

    assertEquals(documents(same, earlier), parts("", key, Indexes.RECEIVED));
    assertEquals(
        documents(
            "{$or: [{$and: [{run_id: {$eq: 'a'}}, %1$s]}, {$and: [{run_id: {$eq: 'b'}}, %1$s]}]}"
                .formatted(same),
            "{$or: [{$and: [{run_id: {$eq: 'a'}}, %1$s]}, {$and: [{run_id: {$eq: 'b'}}, %1$s]}]}"
                .formatted(earlier)),
        parts("run_id=in=(a,b)", key, Indexes.RUN));
    assertEquals(
        documents("{$and: [{run_id: {$eq: 'a'}}, {$or: [%s, %s]}]}".formatted(same, earlier)),
        parts("run_id==a", key, Indexes.SOURCE));
  }
}

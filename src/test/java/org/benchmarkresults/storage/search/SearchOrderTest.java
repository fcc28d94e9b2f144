package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Sort.Key;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.search.SearchOrder.Rows;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class SearchOrderTest {
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");
  private static final String AT_NOON = "{$date: '2026-04-21T12:00:00Z'}";

  private static void assertRanges(Sort sort, PageKey key, String... ranges) {
    assertRanges(Rows.RESULTS, sort, key, ranges);
  }

  private static void assertRanges(Rows rows, Sort sort, PageKey key, String... ranges) {
    assertEquals(
        Stream.of(ranges).map(BsonDocument::parse).toList(),
        new SearchOrder(sort, rows).rangesAfter(key));
  }

  @Test
  void nearestRangeComesFirst() {
    assertRanges(
        Sort.NEWEST_FIRST,
        new PageKey(NOON, "n"),
        "{first_received_at: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{first_received_at: {$lt: " + AT_NOON + "}}");
    assertRanges(
        new Sort(Key.BENCHMARK_NAME, false),
        new PageKey(null, "b", NOON, "n"),
        "{benchmark_name: {$eq: 'b'}, first_received_at: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{benchmark_name: {$eq: 'b'}, first_received_at: {$lt: " + AT_NOON + "}}",
        "{benchmark_name: {$gt: 'b'}}");
  }

  @Test
  void missingValuesAreLeast() {
    assertRanges(
        new Sort(Key.TIMESTAMP, true),
        new PageKey(NOON, null, NOON, "n"),
        "{instant: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{instant: {$lt: " + AT_NOON + "}}",
        "{instant: {$eq: null}}");
    assertRanges(
        new Sort(Key.TIMESTAMP, true),
        new PageKey(NOON, "n"),
        "{instant: {$eq: null}, _id: {$lt: 'n'}}");
    assertRanges(
        new Sort(Key.TIMESTAMP, false),
        new PageKey(NOON, "n"),
        "{instant: {$eq: null}, _id: {$gt: 'n'}}",
        "{instant: {$gte: {$date: {$numberLong: '" + Long.MIN_VALUE + "'}}}}");
    assertRanges(
        new Sort(Key.MODEL_ID, false),
        new PageKey(NOON, "n"),
        "{model_id: {$eq: null}, first_received_at: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{model_id: {$eq: null}, first_received_at: {$lt: " + AT_NOON + "}}",
        "{model_id: {$gte: ''}}");
  }

  @Test
  void versionsFollowTheNameOfTheirResult() {
    assertRanges(
        Rows.EARLIER_VERSIONS,
        Sort.NEWEST_FIRST,
        new PageKey(NOON, "n@3"),
        "{first_received_at: {$eq: " + AT_NOON + "}, result_name: {$eq: 'n'}, version: {$lt: 3}}",
        "{first_received_at: {$eq: " + AT_NOON + "}, result_name: {$lt: 'n'}}",
        "{first_received_at: {$lt: " + AT_NOON + "}}");
  }

  @Test
  void equalTextsAreInTheOppositeOrderOfReceipt() {
    assertEquals(
        BsonDocument.parse("{model_id: 1, first_received_at: -1, _id: -1}"),
        new SearchOrder(new Sort(Key.MODEL_ID, false), Rows.RESULTS).sort());
    assertEquals(
        BsonDocument.parse("{model_id: -1, first_received_at: 1, _id: 1}"),
        new SearchOrder(new Sort(Key.MODEL_ID, true), Rows.RESULTS).sort());
  }

  @Test
  void oneConditionBeginsWithTheRangeOfItsFirstField() {
    assertEquals(
        BsonDocument.parse(
            "{a: {$lte: "
                + AT_NOON
                + "}, $or: [{a: {$eq: "
                + AT_NOON
                + "}, b: {$lt: 'n'}}, {a: {$lt: "
                + AT_NOON
                + "}}]}"),
        KeysetOrder.descending("a", "b")
            .after(new BsonDateTime(NOON.toEpochMilli()), new BsonString("n")));
    assertEquals(
        List.of(BsonDocument.parse("{a: {$gt: 'n'}}")),
        KeysetOrder.ascending("a", "b").rangesAfter(List.of(new BsonString("n"))));
  }
}

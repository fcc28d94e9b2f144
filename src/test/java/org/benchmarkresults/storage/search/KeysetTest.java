package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.search.Mark;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Sort.Key;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class KeysetTest {
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");
  private static final String AT_NOON = "{$date: '2026-04-21T12:00:00Z'}";

  private static void assertBehind(Sort sort, Mark mark, String... ranges) {
    assertEquals(
        List.of(ranges).stream().map(BsonDocument::parse).toList(), new Keyset(sort).behind(mark));
  }

  @Test
  void theNearestRangeComesFirst() {
    assertBehind(
        Sort.NEWEST_FIRST,
        new Mark(null, null, NOON, "n"),
        "{first_received_at: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{first_received_at: {$lt: " + AT_NOON + "}}");
    assertBehind(
        new Sort(Key.BENCHMARK_NAME, false),
        new Mark(null, "b", NOON, "n"),
        "{benchmark_name: {$eq: 'b'}, first_received_at: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{benchmark_name: {$eq: 'b'}, first_received_at: {$lt: " + AT_NOON + "}}",
        "{benchmark_name: {$gt: 'b'}}");
  }

  @Test
  void whatIsMissingIsBeforeAllElse() {
    assertBehind(
        new Sort(Key.TIMESTAMP, true),
        new Mark(NOON, null, NOON, "n"),
        "{instant: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{instant: {$lt: " + AT_NOON + "}}",
        "{instant: {$eq: null}}");
    assertBehind(
        new Sort(Key.TIMESTAMP, true),
        new Mark(null, null, NOON, "n"),
        "{instant: {$eq: null}, _id: {$lt: 'n'}}");
    assertBehind(
        new Sort(Key.TIMESTAMP, false),
        new Mark(null, null, NOON, "n"),
        "{instant: {$eq: null}, _id: {$gt: 'n'}}",
        "{instant: {$gte: {$date: {$numberLong: '" + Long.MIN_VALUE + "'}}}}");
    assertBehind(
        new Sort(Key.MODEL_ID, false),
        new Mark(null, null, NOON, "n"),
        "{model_id: {$eq: null}, first_received_at: {$eq: " + AT_NOON + "}, _id: {$lt: 'n'}}",
        "{model_id: {$eq: null}, first_received_at: {$lt: " + AT_NOON + "}}",
        "{model_id: {$gte: ''}}");
  }

  @Test
  void equalNamesStandNewestReceivedFirst() {
    assertEquals(
        BsonDocument.parse("{model_id: 1, first_received_at: -1, _id: -1}"),
        new Keyset(new Sort(Key.MODEL_ID, false)).order());
    assertEquals(
        BsonDocument.parse("{model_id: -1, first_received_at: 1, _id: 1}"),
        new Keyset(new Sort(Key.MODEL_ID, true)).order());
  }
}

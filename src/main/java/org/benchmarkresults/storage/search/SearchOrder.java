package org.benchmarkresults.storage.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.KeysetOrder.Column;
import org.benchmarkresults.storage.mongo.VersionId;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The order of the rows of a search, and the keys of its pages. */
public final class SearchOrder {
  /** Which documents the rows are. */
  public enum Rows {
    /** Results, or deleted ones: a document each. */
    RESULTS(ResultDocument.ID),
    /** The newest versions, where earlier ones are rows too. */
    NEWEST_VERSIONS(ResultDocument.ID),
    /** Earlier versions. */
    EARLIER_VERSIONS(ResultDocument.RESULT_NAME);

    private final String name;

    Rows(String name) {
      this.name = name;
    }
  }

  private final Sort sort;
  private final Rows rows;
  private final KeysetOrder order;

  public SearchOrder(Sort sort, Rows rows) {
    this.sort = sort;
    this.rows = rows;
    order = new KeysetOrder(columns());
  }

  private List<Column> columns() {
    boolean descending = sort.descending();
    List<Column> columns = new ArrayList<>();
    switch (sort.key()) {
      case RECEIVED_AT -> columns.addAll(received(descending));
      case TIMESTAMP -> {
        columns.add(
            new Column(ResultDocument.INSTANT, descending, new BsonDateTime(Long.MIN_VALUE)));
        columns.addAll(names(descending));
      }
      case BENCHMARK_NAME -> {
        columns.add(new Column(ResultDocument.BENCHMARK_NAME, descending));
        columns.addAll(received(!descending));
      }
      case MODEL_ID -> {
        columns.add(new Column(ResultDocument.MODEL_ID, descending, new BsonString("")));
        columns.addAll(received(!descending));
      }
    }
    return columns;
  }

  private List<Column> received(boolean descending) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(ResultDocument.FIRST_RECEIVED_AT, descending));
    columns.addAll(names(descending));
    return columns;
  }

  /** Versions of one result stand in the direction of the times of receipt. */
  private List<Column> names(boolean descending) {
    Column name = new Column(rows.name, descending);
    return rows == Rows.RESULTS
        ? List.of(name)
        : List.of(name, new Column(ResultDocument.VERSION, descending));
  }

  BsonDocument sort() {
    BsonDocument fields = order.sort();
    if (rows == Rows.NEWEST_VERSIONS) {
      // A result has one newest version: its name orders it, and an index ends there.
      fields.remove(ResultDocument.VERSION);
    }
    return fields;
  }

  /** The key of a page that ends with the row. */
  public PageKey key(StoredResult row) {
    Instant received = row.summary().firstReceivedAt();
    String id = rows == Rows.RESULTS ? row.id() : VersionId.of(row.summary());
    return switch (sort.key()) {
      case RECEIVED_AT -> new PageKey(received, id);
      case TIMESTAMP -> new PageKey(row.summary().instant(), null, received, id);
      case BENCHMARK_NAME ->
          new PageKey(null, row.summary().envelope().key().benchmarkName(), received, id);
      case MODEL_ID -> new PageKey(null, row.summary().envelope().modelId(), received, id);
    };
  }

  /** The ranges of the index behind the key, nearest first. */
  List<BsonDocument> rangesAfter(PageKey key) {
    return order.rangesAfter(values(key));
  }

  /** For rows of two collections that are merged; not to be kept longer than the rows. */
  Comparator<StoredResult> comparator() {
    IdentityHashMap<StoredResult, List<BsonValue>> values = new IdentityHashMap<>();
    return (one, other) ->
        order.compare(
            values.computeIfAbsent(one, row -> values(key(row))),
            values.computeIfAbsent(other, row -> values(key(row))));
  }

  private List<BsonValue> values(PageKey key) {
    return order.columns().stream().map(column -> value(column, key)).toList();
  }

  private BsonValue value(Column column, PageKey key) {
    return switch (column.field()) {
      case ResultDocument.ID, ResultDocument.RESULT_NAME ->
          new BsonString(rows == Rows.RESULTS ? key.id() : VersionId.resultName(key.id()));
      case ResultDocument.VERSION -> new BsonInt32(VersionId.version(key.id()));
      case ResultDocument.FIRST_RECEIVED_AT -> date(key.receivedAt());
      case ResultDocument.INSTANT -> date(key.moment());
      default -> key.text() == null ? BsonNull.VALUE : new BsonString(key.text());
    };
  }

  private static BsonValue date(@Nullable Instant instant) {
    return instant == null ? BsonNull.VALUE : new BsonDateTime(instant.toEpochMilli());
  }
}

package org.benchmarkresults.storage.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.search.Mark;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.VersionId;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A total order of results, and how to go on behind any row of it: by what the row was ordered by,
 * never by counting, so that the thousandth page costs what the first does.
 *
 * <p>"Behind (a, b)" is "a the same and b further", then "a further": each is one range of the
 * index whose order it is.
 */
final class Keyset {
  /**
   * The index that is in this order begins with its columns, in these directions or all reversed.
   */
  private record Column(String name, boolean descending) {}

  private final Sort sort;
  private final Rows rows;
  private final List<Column> columns;

  /** What the rows are documents of. */
  enum Rows {
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

  /** The order of results. */
  Keyset(Sort sort) {
    this(sort, Rows.RESULTS);
  }

  /** Versions of one result stand in the direction that the moments of the first receipt have. */
  Keyset(Sort sort, Rows rows) {
    this.sort = sort;
    this.rows = rows;
    columns =
        switch (sort.key()) {
          case RECEIVED_AT -> received(sort.descending());
          case TIMESTAMP ->
              withName(new Column(ResultDocument.INSTANT, sort.descending()), sort.descending());
          case BENCHMARK_NAME -> thenNewest(ResultDocument.BENCHMARK_NAME, sort.descending());
          case MODEL_ID -> thenNewest(ResultDocument.MODEL_ID, sort.descending());
        };
  }

  private List<Column> received(boolean descending) {
    return withName(new Column(ResultDocument.FIRST_RECEIVED_AT, descending), descending);
  }

  private List<Column> withName(Column first, boolean descending) {
    Column name = new Column(rows.name, descending);
    return rows == Rows.RESULTS
        ? List.of(first, name)
        : List.of(first, name, new Column(ResultDocument.VERSION, descending));
  }

  private List<Column> thenNewest(String name, boolean descending) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(name, descending));
    columns.addAll(received(!descending));
    return columns;
  }

  BsonDocument order() {
    BsonDocument order = new BsonDocument();
    for (Column column : columns) {
      // Of a result there is one newest version: its name orders it, and an index ends there.
      if (rows != Rows.NEWEST_VERSIONS || !column.name.equals(ResultDocument.VERSION)) {
        order.append(column.name, new BsonInt32(column.descending ? -1 : 1));
      }
    }
    return order;
  }

  /** Where a page that ends with the row ended. */
  Mark mark(StoredResult row) {
    Instant received = row.summary().firstReceivedAt();
    String id = rows == Rows.RESULTS ? row.id() : VersionId.of(row.summary());
    return switch (sort.key()) {
      case RECEIVED_AT -> new Mark(null, null, received, id);
      case TIMESTAMP -> new Mark(row.summary().instant(), null, received, id);
      case BENCHMARK_NAME ->
          new Mark(null, row.summary().envelope().key().benchmarkName(), received, id);
      case MODEL_ID -> new Mark(null, row.summary().envelope().modelId(), received, id);
    };
  }

  /** What comes behind the mark: ranges of the index, in this order, the nearest first. */
  List<BsonDocument> behind(Mark mark) {
    List<BsonDocument> ranges = new ArrayList<>();
    BsonDocument same = new BsonDocument();
    for (Column column : columns) {
      BsonValue value = value(column, mark);
      ranges.addAll(0, further(column, value).stream().map(range -> both(same, range)).toList());
      same.append(column.name, new BsonDocument("$eq", value));
    }
    return ranges;
  }

  private static BsonDocument both(BsonDocument same, BsonDocument further) {
    BsonDocument range = same.clone();
    range.putAll(further);
    return range;
  }

  private BsonValue value(Column column, Mark mark) {
    return switch (column.name) {
      case ResultDocument.ID, ResultDocument.RESULT_NAME ->
          new BsonString(rows == Rows.RESULTS ? mark.id() : VersionId.resultName(mark.id()));
      case ResultDocument.VERSION -> new BsonInt32(VersionId.version(mark.id()));
      case ResultDocument.FIRST_RECEIVED_AT -> date(mark.firstReceivedAt());
      case ResultDocument.INSTANT -> mark.moment() == null ? BsonNull.VALUE : date(mark.moment());
      default -> mark.text() == null ? BsonNull.VALUE : new BsonString(mark.text());
    };
  }

  private static BsonDateTime date(Instant instant) {
    return new BsonDateTime(instant.toEpochMilli());
  }

  /**
   * Comparisons do not cross types: what is missing is before all values and needs its own range.
   */
  private static List<BsonDocument> further(Column column, BsonValue value) {
    if (value.isNull()) {
      return column.descending
          ? List.of()
          : List.of(new BsonDocument(column.name, new BsonDocument("$gte", least(column))));
    }
    BsonDocument beyond =
        new BsonDocument(column.name, new BsonDocument(column.descending ? "$lt" : "$gt", value));
    boolean mayBeMissing =
        column.name.equals(ResultDocument.INSTANT) || column.name.equals(ResultDocument.MODEL_ID);
    return column.descending && mayBeMissing
        ? List.of(beyond, new BsonDocument(column.name, new BsonDocument("$eq", BsonNull.VALUE)))
        : List.of(beyond);
  }

  private static BsonValue least(Column column) {
    return column.name.equals(ResultDocument.INSTANT)
        ? new BsonDateTime(Long.MIN_VALUE)
        : new BsonString("");
  }
}

package org.benchmarkresults.storage.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A total order of documents by some of their fields, and the conditions for what follows the sort
 * values of a document: pages are continued by these, never by counting, so that the thousandth
 * page costs what the first does.
 *
 * <p>"Follows (a, b)" is "a the same and b further", then "a further": each is one range of the
 * index that begins with these fields, in these directions or all reversed.
 */
public record KeysetOrder(List<Column> columns) {
  /**
   * A field that documents are ordered by.
   *
   * @param least the least value that it can have; null for a field that every document has
   */
  public record Column(String field, boolean descending, @Nullable BsonValue least) {
    public Column(String field, boolean descending) {
      this(field, descending, null);
    }
  }

  public KeysetOrder {
    columns = List.copyOf(columns);
  }

  public static KeysetOrder ascending(String... fields) {
    return new KeysetOrder(Stream.of(fields).map(field -> new Column(field, false)).toList());
  }

  public static KeysetOrder descending(String... fields) {
    return new KeysetOrder(Stream.of(fields).map(field -> new Column(field, true)).toList());
  }

  /** For a query's sort. */
  public BsonDocument sort() {
    BsonDocument sort = new BsonDocument();
    columns.forEach(column -> sort.append(column.field, new BsonInt32(column.descending ? -1 : 1)));
    return sort;
  }

  /**
   * The ranges of the index behind the sort values, nearest first.
   *
   * @param values of the columns, or of the first of them; BSON null where a document has none
   */
  public List<BsonDocument> rangesAfter(List<? extends BsonValue> values) {
    List<BsonDocument> ranges = new ArrayList<>();
    BsonDocument same = new BsonDocument();
    for (int i = 0; i < values.size(); i++) {
      Column column = columns.get(i);
      ranges.addAll(
          0, further(column, values.get(i)).stream().map(range -> both(same, range)).toList());
      same.append(column.field, new BsonDocument("$eq", values.get(i)));
    }
    return ranges;
  }

  /**
   * The condition for all documents behind the sort values. The range of the first field, which
   * every document must have, stands before the alternatives: without it MongoDB may walk the whole
   * index.
   */
  public BsonDocument after(BsonValue... values) {
    List<BsonDocument> ranges = rangesAfter(List.of(values));
    if (ranges.size() == 1) {
      return ranges.get(0);
    }
    Column first = columns.get(0);
    return range(first, first.descending ? "$lte" : "$gte", values[0])
        .append("$or", new BsonArray(ranges));
  }

  private static BsonDocument both(BsonDocument same, BsonDocument further) {
    BsonDocument range = same.clone();
    range.putAll(further);
    return range;
  }

  /** Comparisons do not cross types: a missing value is less than all others, in its own range. */
  private static List<BsonDocument> further(Column column, BsonValue value) {
    if (!value.isNull()) {
      BsonDocument beyond = range(column, column.descending ? "$lt" : "$gt", value);
      return column.descending && column.least != null
          ? List.of(beyond, range(column, "$eq", BsonNull.VALUE))
          : List.of(beyond);
    }
    return column.descending || column.least == null
        ? List.of()
        : List.of(range(column, "$gte", column.least));
  }

  private static BsonDocument range(Column column, String operator, BsonValue value) {
    return new BsonDocument(column.field, new BsonDocument(operator, value));
  }

  /** Compares the sort values of two documents as the database does. */
  public int compare(List<BsonValue> one, List<BsonValue> other) {
    for (int i = 0; i < columns.size(); i++) {
      int compared = compare(one.get(i), other.get(i));
      if (compared != 0) {
        return columns.get(i).descending ? -compared : compared;
      }
    }
    return 0;
  }

  private static int compare(BsonValue one, BsonValue other) {
    if (one.isNull() || other.isNull()) {
      return Boolean.compare(!one.isNull(), !other.isNull());
    }
    return switch (one) {
      case BsonString text ->
          TextOrder.BY_CODE_POINTS.compare(text.getValue(), other.asString().getValue());
      case BsonDateTime moment -> moment.compareTo(other.asDateTime());
      case BsonInt32 number -> number.compareTo(other.asInt32());
      default -> throw new IllegalArgumentException("no order of " + one.getBsonType());
    };
  }
}

package org.benchmarkresults.storage.observation.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.KeysetOrder.Column;
import org.benchmarkresults.storage.observation.ObservationDocument;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The order of observations, and the keys of its pages. */
final class ObservationOrder {
  private static final BsonValue LEAST_MOMENT = new BsonDateTime(Long.MIN_VALUE);
  private static final BsonValue LEAST_TEXT = new BsonString("");

  private final ObservationSort sort;
  private final KeysetOrder order;

  ObservationOrder(ObservationSort sort) {
    this.sort = sort;
    order = new KeysetOrder(columns(sort));
  }

  private static List<Column> columns(ObservationSort sort) {
    boolean descending = sort.descending();
    Column upwards = new Column(ObservationDocument.ORDER, false);
    Column downwards = new Column(ObservationDocument.ORDER, true);
    return switch (sort.key()) {
      case INSTANT ->
          List.of(
              new Column(ObservationDocument.INSTANT, descending, LEAST_MOMENT),
              descending ? upwards : downwards);
      case VALUE ->
          List.of(
              new Column(ObservationDocument.VALUE, descending), descending ? upwards : downwards);
      case MODEL ->
          List.of(
              new Column(ObservationDocument.MODEL, descending, LEAST_TEXT),
              new Column(ObservationDocument.INSTANT, !descending, LEAST_MOMENT),
              descending ? downwards : upwards);
      case RESULT -> List.of(new Column(ObservationDocument.ID, descending));
    };
  }

  BsonDocument sort() {
    return order.sort();
  }

  /**
   * The ranges of the index behind a key, nearest first, in two groups: first those of rows that
   * have the member, then those of rows that lack it. The database would have the latter first in
   * an ascending order.
   *
   * @param key null for all rows
   */
  List<List<BsonDocument>> ranges(@Nullable PageKey key) {
    Column first = order.columns().get(0);
    boolean lackingApart = first.least() != null && !first.descending();
    if (key == null) {
      return lackingApart
          ? List.of(List.of(having(first)), List.of(lacking(first)))
          : List.of(List.of(new BsonDocument()));
    }
    List<BsonValue> values = order.columns().stream().map(column -> value(column, key)).toList();
    List<BsonDocument> ranges = new ArrayList<>(order.rangesAfter(values));
    if (!lackingApart) {
      return List.of(ranges);
    }
    if (values.get(0).isNull()) {
      ranges.remove(ranges.size() - 1);
      return List.of(ranges);
    }
    return List.of(ranges, List.of(lacking(first)));
  }

  private static BsonDocument having(Column column) {
    return new BsonDocument(column.field(), new BsonDocument("$gte", column.least()));
  }

  private static BsonDocument lacking(Column column) {
    return new BsonDocument(column.field(), new BsonDocument("$eq", BsonNull.VALUE));
  }

  private BsonValue value(Column column, PageKey key) {
    return switch (column.field()) {
      case ObservationDocument.ID -> new BsonString(key.id());
      case ObservationDocument.ORDER -> new BsonInt64(Long.parseLong(key.id()));
      case ObservationDocument.INSTANT ->
          key.moment() == null ? BsonNull.VALUE : new BsonDateTime(key.moment().toEpochMilli());
      case ObservationDocument.VALUE ->
          new BsonDouble(Double.parseDouble(String.valueOf(key.text())));
      default -> key.text() == null ? BsonNull.VALUE : new BsonString(key.text());
    };
  }

  /** The key of a page that ends with the document. */
  PageKey key(BsonDocument row) {
    Instant instant =
        row.containsKey(ObservationDocument.INSTANT)
            ? Instant.ofEpochMilli(row.getDateTime(ObservationDocument.INSTANT).getValue())
            : null;
    String model =
        row.containsKey(ObservationDocument.MODEL)
            ? row.getString(ObservationDocument.MODEL).getValue()
            : null;
    String id = Long.toString(row.getInt64(ObservationDocument.ORDER).getValue());
    return switch (sort.key()) {
      case INSTANT -> new PageKey(instant, null, Instant.EPOCH, id);
      case VALUE ->
          new PageKey(
              null,
              Double.toString(row.getDouble(ObservationDocument.VALUE).getValue()),
              Instant.EPOCH,
              id);
      case MODEL -> new PageKey(instant, model, Instant.EPOCH, id);
      case RESULT -> new PageKey(Instant.EPOCH, row.getString(ObservationDocument.ID).getValue());
    };
  }
}

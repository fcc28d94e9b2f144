package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that match a query, in an order.
 *
 * <p>Rows lie in the order of their first receipt, so that order is walked from where the query
 * begins and ends with the last row asked for. Ids are looked up. Any other order is found by one
 * walk over all rows, of which the first so many are kept.
 */
public final class RowSearch {
  public static final String FIRST_RECEIVED_AT = "first_received_at";

  private final DataMaps maps;
  private final BiPredicate<Document, Document> matches;

  /** A row that was found, with the members that it is ordered by. */
  private record Found(KeyBytes key, Document members) {}

  /**
   * @param matches whether a document fits a query
   */
  RowSearch(DataMaps maps, BiPredicate<Document, Document> matches) {
    this.maps = maps;
    this.matches = matches;
  }

  /** The key of a document's row. */
  public static KeyBytes key(@Nullable Object firstReceivedAt, KeyBytes id) {
    return OrderedBytes.of(firstReceivedAt instanceof Instant moment ? moment : null).then(id);
  }

  /**
   * The keys of the first rows.
   *
   * @param order empty for any
   * @param comparator the same; null for any
   * @param most 0 for all
   */
  List<KeyBytes> keys(
      Document query, Document order, @Nullable Comparator<Document> comparator, int most) {
    Stream<Found> found = found(query, order);
    if (comparator == null || isWalked(query, order)) {
      return (most > 0 ? found.limit(most) : found).map(Found::key).toList();
    }
    return first(found, comparator, most);
  }

  long count(Document query, long most) {
    Stream<Found> found = found(query, new Document());
    return most > 0 ? found.limit(most).count() : found.count();
  }

  Stream<Map.Entry<KeyBytes, byte[]>> all() {
    return entries(maps.rows(), null, null, false);
  }

  private static List<KeyBytes> first(
      Stream<Found> found, Comparator<Document> comparator, int most) {
    Comparator<Found> order = Comparator.comparing(Found::members, comparator);
    if (most == 0) {
      return found.sorted(order).map(Found::key).toList();
    }
    PriorityQueue<Found> first = new PriorityQueue<>(order.reversed());
    found.forEach(
        row -> {
          if (first.size() < most) {
            first.add(row);
          } else if (order.compare(row, first.element()) < 0) {
            first.remove();
            first.add(row);
          }
        });
    return first.stream().sorted(order).map(Found::key).toList();
  }

  private Stream<Found> found(Document query, Document order) {
    Map<Row.Name, Interval> intervals = new LinkedHashMap<>();
    Interval.ofMembers(query).forEach((name, one) -> intervals.put(new Row.Name(name), one));
    Set<String> members = members(query);
    Set<String> needed = new HashSet<>(members);
    order.keySet().forEach(name -> needed.add(firstName(name)));
    boolean all = members.contains(Row.DATA) || members.contains("");
    Set<Row.Name> names = needed.stream().map(Row.Name::new).collect(Collectors.toSet());
    return candidates(query, order)
        .mapMulti(
            (entry, found) -> {
              Row row = Row.of(entry.getValue());
              if (!row.mayFit(intervals)) {
                return;
              }
              Document document = all ? whole(row) : row.document(names);
              if (document != null && (query.isEmpty() || matches.test(document, query))) {
                found.accept(new Found(entry.getKey(), document));
              }
            });
  }

  /** With its data; null when that is gone, because the row was replaced or removed meanwhile. */
  @Nullable Document whole(Row row) {
    Document document = row.document();
    if (row.dataNumber() != 0) {
      byte[] data = maps.data().get(row.dataNumber());
      if (data == null) {
        return null;
      }
      Checksum.check(data);
      document.put(Row.DATA, new BinData(Arrays.copyOfRange(data, Checksum.LENGTH, data.length)));
    }
    return document;
  }

  private static String firstName(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** The members that a query looks at; with an empty name when it may be any. */
  private static Set<String> members(Document query) {
    Set<String> members = new HashSet<>();
    query.forEach(
        (name, value) -> {
          if (!name.startsWith("$")) {
            members.add(firstName(name));
          } else if (value instanceof Collection<?> parts) {
            parts.forEach(
                part -> members.addAll(part instanceof Document each ? members(each) : Set.of("")));
          } else {
            members.add("");
          }
        });
    return members;
  }

  private Stream<Map.Entry<KeyBytes, byte[]>> candidates(Document query, Document order) {
    List<KeyBytes> ids = ids(query);
    if (ids != null) {
      return ids.stream().flatMap(id -> row(maps.ids().get(id)));
    }
    boolean backwards = isBackwards(order);
    if (isByReceipt(order)) {
      Interval moments = Interval.of(query, FIRST_RECEIVED_AT);
      boolean bounded = moments.isOf(OrderedBytes.MOMENT);
      return entries(
          maps.rows(),
          bounded ? moments.low() : null,
          bounded ? after(moments.high()) : null,
          backwards);
    }
    Interval byId = Interval.of(query, IdIndex.ID);
    if (byId.isOf(OrderedBytes.TEXT)) {
      KeyBytes low = byId.low() == null ? OrderedBytes.type(OrderedBytes.TEXT) : byId.low();
      KeyBytes high =
          byId.high() == null ? after(OrderedBytes.type(OrderedBytes.TEXT)) : byId.high();
      if (isById(order) || (byId.low() != null && byId.high() != null)) {
        return entries(maps.ids(), low, high, backwards).flatMap(entry -> row(entry.getValue()));
      }
    } else if (isById(order)) {
      return entries(maps.ids(), null, null, backwards).flatMap(entry -> row(entry.getValue()));
    }
    return entries(maps.rows(), null, null, backwards && order.containsKey("$natural"));
  }

  private Stream<Map.Entry<KeyBytes, byte[]>> row(@Nullable KeyBytes key) {
    byte[] row = key == null ? null : maps.rows().get(key);
    return row == null ? Stream.empty() : Stream.of(Map.entry(key, row));
  }

  /** Greater than all keys that begin with these bytes. */
  private static @Nullable KeyBytes after(@Nullable KeyBytes low) {
    return low == null ? null : low.then(new KeyBytes(new byte[] {(byte) 0xFF, (byte) 0xFF}));
  }

  /** Whether the candidates are already in this order. */
  private static boolean isWalked(Document query, Document order) {
    return ids(query) == null && (isByReceipt(order) || isById(order));
  }

  /** Whether a query compares only the time of receipt and the id. */
  public static boolean isOfReceipt(Document query) {
    return Set.of(FIRST_RECEIVED_AT, IdIndex.ID).containsAll(members(query));
  }

  public static boolean isByReceipt(Document order) {
    List<String> names = List.copyOf(order.keySet());
    return names.equals(List.of(FIRST_RECEIVED_AT))
        || (names.equals(List.of(FIRST_RECEIVED_AT, IdIndex.ID))
            && isBackwards(order.get(FIRST_RECEIVED_AT)) == isBackwards(order.get(IdIndex.ID)));
  }

  private static boolean isById(Document order) {
    return order.keySet().equals(Set.of(IdIndex.ID));
  }

  private static boolean isBackwards(Document order) {
    return !order.isEmpty() && isBackwards(order.values().iterator().next());
  }

  private static boolean isBackwards(@Nullable Object direction) {
    return direction instanceof Number number && number.intValue() < 0;
  }

  /** The ids that a query names, each once; null when it names none. */
  public static @Nullable List<KeyBytes> ids(Document query) {
    for (Map.Entry<String, Object> part : query.entrySet()) {
      List<KeyBytes> ids =
          switch (part.getKey()) {
            case IdIndex.ID -> idsOf(part.getValue());
            case "$and" -> idsOfAny((Collection<?>) part.getValue());
            default -> null;
          };
      if (ids != null) {
        return ids;
      }
    }
    return null;
  }

  private static @Nullable List<KeyBytes> idsOfAny(Collection<?> parts) {
    for (Object part : parts) {
      List<KeyBytes> ids = ids((Document) part);
      if (ids != null) {
        return ids;
      }
    }
    return null;
  }

  private static @Nullable List<KeyBytes> idsOf(@Nullable Object condition) {
    if (!(condition instanceof Document operators)) {
      return condition == null || condition instanceof BsonRegularExpression
          ? null
          : List.of(OrderedBytes.of(condition));
    }
    if (operators.get("$eq") != null) {
      return List.of(OrderedBytes.of(operators.get("$eq")));
    }
    return operators.get("$in") instanceof Collection<?> several
        ? several.stream().map(OrderedBytes::of).distinct().sorted().toList()
        : null;
  }

  private static <V> Stream<Map.Entry<KeyBytes, V>> entries(
      MVMap<KeyBytes, V> map, @Nullable KeyBytes low, @Nullable KeyBytes high, boolean backwards) {
    Cursor<KeyBytes, V> cursor =
        map.cursor(backwards ? high : low, backwards ? low : high, backwards);
    Iterator<Map.Entry<KeyBytes, V>> entries =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return cursor.hasNext();
          }

          @Override
          public Map.Entry<KeyBytes, V> next() {
            KeyBytes key = cursor.next();
            return Map.entry(key, cursor.getValue());
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false);
  }
}

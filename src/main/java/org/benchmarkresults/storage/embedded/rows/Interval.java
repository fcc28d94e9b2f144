package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values between which a field must be for its document to match a query. It may be wider than
 * the query, never narrower: documents within it are matched again.
 *
 * @param low the least {@link OrderedBytes}; null where there is none
 * @param high the greatest, which may fit too; null where there is none
 */
record Interval(@Nullable KeyBytes low, @Nullable KeyBytes high) {
  private static final Interval ALL = new Interval(null, null);

  /** The intervals of all fields that the query bounds. */
  static Map<String, Interval> ofMembers(Document query) {
    Map<String, Interval> bounded = new LinkedHashMap<>();
    members(query, bounded);
    bounded.replaceAll((member, unknown) -> of(query, member));
    bounded.values().removeIf(Interval::isOpen);
    return bounded;
  }

  private static void members(Document query, Map<String, Interval> members) {
    query.forEach(
        (name, value) -> {
          if (name.equals("$and") || name.equals("$or")) {
            ((Collection<?>) value).forEach(part -> members((Document) part, members));
          } else if (!name.startsWith("$") && name.indexOf('.') < 0) {
            members.put(name, ALL);
          }
        });
  }

  /** The interval of one field. */
  static Interval of(Document query, String member) {
    Interval all = ALL;
    for (Map.Entry<String, Object> part : query.entrySet()) {
      Interval one =
          switch (part.getKey()) {
            case "$and" -> both((Collection<?>) part.getValue(), member);
            case "$or" -> any((Collection<?>) part.getValue(), member);
            case String name when name.equals(member) -> ofCondition(part.getValue());
            default -> ALL;
          };
      all = all.and(one);
    }
    return all;
  }

  private static Interval both(Collection<?> parts, String member) {
    Interval all = ALL;
    for (Object part : parts) {
      all = all.and(of((Document) part, member));
    }
    return all;
  }

  private static Interval any(Collection<?> parts, String member) {
    Interval any = null;
    for (Object part : parts) {
      Interval one = of((Document) part, member);
      any = any == null ? one : any.or(one);
    }
    return any == null ? ALL : any;
  }

  private static Interval ofCondition(@Nullable Object condition) {
    if (!(condition instanceof Document operators)
        || operators.keySet().stream().noneMatch(name -> name.startsWith("$"))) {
      return point(condition);
    }
    Interval all = ALL;
    for (Map.Entry<String, Object> operator : operators.entrySet()) {
      Object value = operator.getValue();
      Interval one =
          switch (operator.getKey()) {
            case "$eq" -> point(value);
            case "$gt", "$gte" -> new Interval(point(value).low, null);
            case "$lt", "$lte" -> new Interval(null, point(value).high);
            case "$in" -> anyOf((Collection<?>) value);
            default -> ALL;
          };
      all = all.and(one);
    }
    return all;
  }

  private static Interval anyOf(Collection<?> values) {
    Interval any = null;
    for (Object value : values) {
      Interval one = point(value);
      any = any == null ? one : any.or(one);
    }
    return any == null ? ALL : any;
  }

  /** Null and patterns match other values than equal ones, so that they bound nothing. */
  private static Interval point(@Nullable Object value) {
    if (value == null || value instanceof Collection<?> || value instanceof BsonRegularExpression) {
      return ALL;
    }
    KeyBytes bytes = OrderedBytes.of(value);
    byte type = bytes.bytes()[0];
    return type == OrderedBytes.ABSENT || type == OrderedBytes.OTHER
        ? ALL
        : new Interval(bytes, bytes);
  }

  private Interval and(Interval other) {
    return new Interval(
        low == null || (other.low != null && other.low.compareTo(low) > 0) ? other.low : low,
        high == null || (other.high != null && other.high.compareTo(high) < 0) ? other.high : high);
  }

  private Interval or(Interval other) {
    KeyBytes least = low == null || other.low == null ? null : least(low, other.low);
    KeyBytes greatest = high == null || other.high == null ? null : greatest(high, other.high);
    return new Interval(least, greatest);
  }

  private static KeyBytes least(KeyBytes left, KeyBytes right) {
    return left.compareTo(right) <= 0 ? left : right;
  }

  private static KeyBytes greatest(KeyBytes left, KeyBytes right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  boolean isOpen() {
    return low == null && high == null;
  }

  /** Whether each end that there is has this type. */
  boolean isOf(byte type) {
    return !isOpen()
        && (low == null || low.bytes()[0] == type)
        && (high == null || high.bytes()[0] == type);
  }

  /** Values of another type than the ends may match. */
  boolean mayHold(KeyBytes value) {
    byte type = value.bytes()[0];
    if (!isOf(type)) {
      // Nothing that is absent is equal to, less or greater than what is there.
      return type != OrderedBytes.ABSENT;
    }
    return (low == null || low.compareTo(value) <= 0)
        && (high == null || high.compareTo(value) >= 0);
  }
}

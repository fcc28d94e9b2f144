package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.benchmarkresults.storage.embedded.rows.EmbeddedCollection;
import org.benchmarkresults.storage.embedded.rows.KeyBytes;
import org.benchmarkresults.storage.embedded.rows.Row;
import org.benchmarkresults.storage.embedded.rows.RowSearch;
import org.jspecify.annotations.Nullable;

/**
 * A custom database command: the first values of a field in the order of their UTF-8 bytes, each
 * with the number of rows and the time of the newest. Ten times as fast as the equivalent
 * aggregation, which decodes every document.
 */
public final class ValuesCommand {
  /** The command; its value is the collection. */
  public static final String COMMAND = "benchmarkResultsValues";

  public static final String MEMBER = "member";

  /** The prefix of the values; empty for all. */
  public static final String PREFIX = "prefix";

  /** Only values after this one; absent for all. */
  public static final String AFTER = "after";

  /** The maximum number of values. */
  public static final String LIMIT = "limit";

  /** Just these values; absent for all. */
  public static final String ONLY = "only";

  /** Reply field: the values, in order. */
  public static final String VALUES = "values";

  public static final String VALUE = "value";
  public static final String COUNT = "count";
  public static final String LAST_SEEN = "last_seen";

  /** The rows of one value. */
  private static final class Rows {
    private long count;
    private long lastSeen = Long.MIN_VALUE;
  }

  private static final Row.Name RECEIVED = new Row.Name(RowSearch.FIRST_RECEIVED_AT);

  private final Row.Name member;
  private final byte[] prefix;
  private final @Nullable KeyBytes after;
  private final int limit;
  private final @Nullable Set<KeyBytes> only;
  private final TreeMap<KeyBytes, Rows> found = new TreeMap<>();

  private ValuesCommand(Document command) {
    member = new Row.Name(text(command, MEMBER));
    prefix = utf8(text(command, PREFIX));
    after = command.containsKey(AFTER) ? new KeyBytes(utf8(text(command, AFTER))) : null;
    limit = (Integer) Objects.requireNonNull(command.get(LIMIT));
    only = command.get(ONLY) instanceof Collection<?> values ? keys(values) : null;
  }

  private static String text(Document command, String name) {
    return (String) Objects.requireNonNull(command.get(name));
  }

  private static Set<KeyBytes> keys(Collection<?> values) {
    return values.stream()
        .map(value -> new KeyBytes(utf8((String) value)))
        .collect(Collectors.toSet());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Document execute(MongoBackend backend, MongoMessage message) {
    Document command = message.getDocument();
    Object collection =
        backend
            .resolveDatabase(message.getDatabaseName())
            .resolveCollection(text(command, COMMAND), false);
    ValuesCommand request = new ValuesCommand(command);
    if (collection instanceof EmbeddedCollection embedded) {
      embedded.rows().forEachRemaining(request::add);
    }
    return new Document("ok", 1.0).append(VALUES, request.values());
  }

  private void add(byte[] bytes) {
    Row row = Row.of(bytes);
    byte[] text = row.text(member);
    if (text == null || !startsWithPrefix(text)) {
      return;
    }
    KeyBytes value = new KeyBytes(text);
    if (after != null && value.compareTo(after) <= 0) {
      return;
    }
    if (only != null && !only.contains(value)) {
      return;
    }
    Rows rows = found.get(value);
    if (rows == null) {
      // A dropped value never returns to the first ones: their number before it only grows.
      if (found.size() == limit && value.compareTo(found.lastKey()) > 0) {
        return;
      }
      rows = new Rows();
      found.put(value, rows);
      if (found.size() > limit) {
        var unused = found.pollLastEntry();
      }
    }
    rows.count++;
    rows.lastSeen = Math.max(rows.lastSeen, row.moment(RECEIVED));
  }

  private boolean startsWithPrefix(byte[] text) {
    return text.length >= prefix.length
        && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
  }

  private List<Document> values() {
    return found.entrySet().stream().map(ValuesCommand::value).toList();
  }

  private static Document value(Map.Entry<KeyBytes, Rows> rows) {
    return new Document(VALUE, new String(rows.getKey().bytes(), StandardCharsets.UTF_8))
        .append(COUNT, rows.getValue().count)
        .append(LAST_SEEN, Instant.ofEpochMilli(rows.getValue().lastSeen));
  }
}

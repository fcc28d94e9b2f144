package org.benchmarkresults.storage.document;

import com.mongodb.client.model.Filters;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.BsonWriter;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which life of a result name a document belongs to, and which lives that one continues.
 *
 * <p>A life begins when a name is saved that is not there, and anew with each restore; it ends with
 * the deletion, and never comes back. So a writer that was held up between two steps can never take
 * what stands there now for what it once saw, and whatever one life counts as its versions is its
 * own: {@code (result name, life, version)} names the same content for ever.
 *
 * @param life null for documents of releases without lives: the moment tells theirs
 * @param ancestors the lives this one continues, oldest first
 */
public record Generation(@Nullable String life, Instant firstReceivedAt, List<Ancestor> ancestors) {
  public static final String LIFE = "life";
  static final String ANCESTORS = "earlier_lives";

  private static final String PREFIX = "L";
  private static final String UNTIL = "until";

  /**
   * A life that is continued.
   *
   * @param until the version that was restored: earlier ones of that life are versions of this one
   */
  record Ancestor(String life, int until) {}

  public Generation {
    ancestors = List.copyOf(ancestors);
  }

  public static Generation begun(Instant firstReceivedAt) {
    return begun(newLife(), firstReceivedAt);
  }

  public static Generation begun(String life, Instant firstReceivedAt) {
    return new Generation(life, firstReceivedAt, List.of());
  }

  public static String newLife() {
    return PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** The life as a text; it stands in the {@code _id} of versions and deletions. */
  public String key() {
    return life == null ? String.valueOf(firstReceivedAt.toEpochMilli()) : life;
  }

  /**
   * The first life, which stays the same however often the result is deleted and restored; another
   * result under the same name has another one.
   */
  public String origin() {
    return ancestors.isEmpty() ? key() : ancestors.get(0).life;
  }

  /** A new generation that continues from a version of this one. */
  public Generation continued(int version) {
    List<Ancestor> lives = new ArrayList<>();
    int from = 1;
    for (Ancestor ancestor : ancestors) {
      // A life that ended in the version it began with has no versions to be looked up. The first
      // one stays, since it identifies the result.
      if (ancestor.until > from || lives.isEmpty()) {
        lives.add(ancestor);
        from = ancestor.until;
      }
    }
    lives.add(new Ancestor(key(), version));
    return new Generation(newLife(), firstReceivedAt, lives);
  }

  public boolean isSameLife(Generation other) {
    return key().equals(other.key());
  }

  /** Whether this generation holds all versions of the other up to the given one. */
  public boolean continues(Generation other, int version) {
    return ancestors.stream()
        .anyMatch(ancestor -> ancestor.life.equals(other.key()) && ancestor.until >= version);
  }

  /** Whether a kept version of another generation belongs to this one. */
  public boolean holds(Generation kept, int version) {
    return isSameLife(kept)
        || ancestors.stream()
            .anyMatch(ancestor -> ancestor.life.equals(kept.key()) && version < ancestor.until);
  }

  /** The documents of versions before the one given. */
  public Bson versionsBefore(int version) {
    List<Bson> all = new ArrayList<>();
    all.add(Filters.and(ofLife(key()), Filters.lt(ResultDocument.VERSION, version)));
    for (Ancestor ancestor : ancestors) {
      all.add(
          Filters.and(ofLife(ancestor.life), Filters.lt(ResultDocument.VERSION, ancestor.until)));
    }
    return all.size() == 1 ? all.get(0) : Filters.or(all);
  }

  Bson ofThisLife() {
    return ofLife(key());
  }

  private static Bson ofLife(String key) {
    return key.startsWith(PREFIX)
        ? Filters.eq(LIFE, key)
        : Filters.and(
            Filters.eq(LIFE, null),
            Filters.eq(
                ResultDocument.FIRST_RECEIVED_AT, Instant.ofEpochMilli(Long.parseLong(key))));
  }

  /** Puts the fields of this life into a query for a document of it. */
  JsonObject matching(JsonObject query) {
    return query
        .put(LIFE, life)
        .put(ResultDocument.FIRST_RECEIVED_AT, ResultDocument.date(firstReceivedAt));
  }

  /** The document as one of this life. */
  public JsonObject into(JsonObject document) {
    document.remove(LIFE);
    document.remove(ANCESTORS);
    if (life != null) {
      document.put(LIFE, life);
    }
    if (!ancestors.isEmpty()) {
      JsonArray array = new JsonArray();
      ancestors.forEach(
          ancestor ->
              array.add(new JsonObject().put(LIFE, ancestor.life).put(UNTIL, ancestor.until)));
      document.put(ANCESTORS, array);
    }
    return document;
  }

  /** Writes the fields that stand in a document of this life. */
  void write(BsonWriter bson) {
    if (life != null) {
      bson.writeString(LIFE, life);
    }
    if (ancestors.isEmpty()) {
      return;
    }
    bson.writeStartArray(ANCESTORS);
    for (Ancestor ancestor : ancestors) {
      bson.writeStartDocument();
      bson.writeString(LIFE, ancestor.life);
      bson.writeInt32(UNTIL, ancestor.until);
      bson.writeEndDocument();
    }
    bson.writeEndArray();
  }

  static List<Ancestor> readAncestors(DocumentReader reader) {
    List<Ancestor> ancestors = new ArrayList<>();
    DocumentReader array = reader.within();
    while (array.next()) {
      DocumentReader ancestor = array.within();
      String life = "";
      int until = 0;
      while (ancestor.next()) {
        switch (ancestor.name()) {
          case LIFE -> life = ancestor.text();
          case UNTIL -> until = (int) ancestor.integer();
          default -> {}
        }
      }
      ancestors.add(new Ancestor(life, until));
    }
    return ancestors;
  }
}

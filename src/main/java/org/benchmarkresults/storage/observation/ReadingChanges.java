package org.benchmarkresults.storage.observation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * How the observations of results differ from those of an earlier reading.
 *
 * @param results that were read again
 * @param changedResults those with a difference
 * @param changed observations with another value or unit
 */
public record ReadingChanges(int results, int changedResults, int added, int removed, int changed) {
  private static final List<String> IDENTITY =
      List.of(
          ObservationDocument.TASK,
          ObservationDocument.METRIC,
          ObservationDocument.VARIANT,
          ObservationDocument.STATISTIC,
          ObservationDocument.POINTER);

  private static final List<String> CONTENT =
      List.of(
          ObservationDocument.VALUE,
          ObservationDocument.UNIT,
          ObservationDocument.HIGHER_IS_BETTER,
          ObservationDocument.PRIMARY);

  /** The differences between two readings of one result. */
  static ReadingChanges between(List<BsonDocument> before, List<BsonDocument> after) {
    Map<List<BsonValue>, List<BsonValue>> old = new HashMap<>();
    before.forEach(document -> old.put(members(IDENTITY, document), members(CONTENT, document)));
    Set<List<BsonValue>> kept = new HashSet<>();
    int added = 0;
    int changed = 0;
    for (BsonDocument document : after) {
      List<BsonValue> identity = members(IDENTITY, document);
      List<BsonValue> content = old.get(identity);
      if (content == null) {
        added++;
      } else if (kept.add(identity) && !content.equals(members(CONTENT, document))) {
        changed++;
      }
    }
    int removed = old.size() - kept.size();
    return new ReadingChanges(1, added + removed + changed > 0 ? 1 : 0, added, removed, changed);
  }

  private static List<BsonValue> members(List<String> names, BsonDocument document) {
    return names.stream()
        .map(name -> Objects.requireNonNullElse(document.get(name), BsonNull.VALUE))
        .toList();
  }

  ReadingChanges and(ReadingChanges other) {
    return new ReadingChanges(
        results + other.results,
        changedResults + other.changedResults,
        added + other.added,
        removed + other.removed,
        changed + other.changed);
  }
}

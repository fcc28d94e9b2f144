package org.benchmarkresults.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of databases and collections, as MongoDB takes them and as the service uses them. */
public final class DatabaseNames {
  /** What follows the name of a collection of results in the names of those beside it. */
  private static final List<String> BESIDE = List.of("", "_versions", "_deleted", "_chunks");

  /** Collections of what the service keeps besides results. */
  private static final List<String> SHARED = List.of("leases", "audit", "api_keys", "imports");

  /** MongoDB's own, which cannot hold what has to survive a failover. */
  private static final Set<String> RESERVED = Set.of("local", "config");

  private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\. \"$*<>:|?\\p{Cntrl}]");
  private static final int MOST_BYTES = 63;

  /** With the longest name of a database it fits into the 255 bytes of a namespace. */
  private static final int MOST_COLLECTION_BYTES = 150;

  private DatabaseNames() {}

  /** The name and what is wrong with it; empty for a good one. */
  public static Optional<String> fault(String database) {
    String named = "\"" + database.replaceAll("\\p{Cntrl}", "?") + "\"";
    if (FORBIDDEN.matcher(database).find()) {
      return Optional.of(
          named + ": a name of a database holds no blank and none of / \\ . \" $ * < > : | ?");
    }
    if (bytes(database) > MOST_BYTES) {
      return Optional.of(named + ": a name of a database has at most 63 bytes");
    }
    return RESERVED.contains(database)
        ? Optional.of(named + ": that one is MongoDB's own")
        : Optional.empty();
  }

  /** What is wrong with the names of the two collections of results. */
  static List<String> faults(String rawInput, String standardizedOutput) {
    List<String> faults = new ArrayList<>();
    Map<String, String> users = new HashMap<>();
    SHARED.forEach(name -> users.put(name, "what the service keeps in " + name));
    add("mongo.raw_input_collection", rawInput, users, faults);
    add("mongo.standardized_output_collection", standardizedOutput, users, faults);
    return faults;
  }

  private static void add(
      String setting, String collection, Map<String, String> users, List<String> faults) {
    if (collection.contains("$")
        || collection.startsWith("system.")
        || collection.startsWith(".")
        || collection.endsWith(".")
        || collection.chars().anyMatch(Character::isISOControl)
        || bytes(collection) > MOST_COLLECTION_BYTES) {
      faults.add(
          setting
              + " is no name that MongoDB takes: at most 150 bytes, no $, no control character,"
              + " no dot at an end, and not beginning with system.");
      return;
    }
    for (String beside : BESIDE) {
      String name = collection + beside;
      String other = users.putIfAbsent(name, setting);
      if (other != null) {
        faults.add(
            setting
                + " = "
                + collection
                + " needs the collection "
                + name
                + ", which is also that of "
                + other);
      }
    }
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}

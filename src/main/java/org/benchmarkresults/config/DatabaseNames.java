package org.benchmarkresults.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks names of databases. */
public final class DatabaseNames {
  /** Databases of MongoDB itself, which are not replicated. */
  private static final Set<String> RESERVED = Set.of("local", "config");

  private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\. \"$*<>:|?\\p{Cntrl}]");
  private static final int MOST_BYTES = 63;

  private DatabaseNames() {}

  /** The name and what is wrong with it; empty for a valid one. */
  public static Optional<String> fault(String database) {
    String named = "\"" + database.replaceAll("\\p{Cntrl}", "?") + "\"";
    if (FORBIDDEN.matcher(database).find()) {
      return Optional.of(
          named + ": a database name must not contain blanks or any of / \\ . \" $ * < > : | ?");
    }
    if (bytes(database) > MOST_BYTES) {
      return Optional.of(named + ": a database name has at most 63 bytes");
    }
    return RESERVED.contains(database)
        ? Optional.of(named + ": it belongs to MongoDB itself")
        : Optional.empty();
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}

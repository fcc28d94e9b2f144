package org.benchmarkresults.http.headers;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kinds of request bodies, by {@code Content-Type}. */
public enum BodyType {
  /** One JSON text. */
  JSON,
  /** One JSON text per line. */
  LINES,
  OTHER;

  public static final String LINES_TYPE = "application/x-ndjson";

  /** No media type is registered for NDJSON; clients send these. */
  static final Set<String> LINES_TYPES =
      Set.of(
          LINES_TYPE,
          "application/ndjson",
          "application/jsonl",
          "application/jsonlines",
          "application/x-jsonlines");

  public static BodyType of(@Nullable String contentType) {
    if (contentType == null) {
      // The legacy service does the same.
      return JSON;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String essence = (end < 0 ? type : type.substring(0, end)).strip();
    if (end >= 0 && !isUtf8(type.substring(end))) {
      return OTHER;
    }
    return essence.equals("application/json")
        ? JSON
        : LINES_TYPES.contains(essence) ? LINES : OTHER;
  }

  /** Whether it is a JSON merge patch (RFC 7396). */
  public static boolean isMergePatch(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).strip().startsWith("application/merge-patch+json");
  }

  private static boolean isUtf8(String parameters) {
    String bare = parameters.replaceAll("[\\s\"]", "");
    return !bare.contains(";charset=")
        || bare.contains(";charset=utf-8")
        || bare.contains(";charset=utf8")
        || bare.contains(";charset=us-ascii");
  }
}

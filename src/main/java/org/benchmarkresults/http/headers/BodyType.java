package org.benchmarkresults.http.headers;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the body of a request is, by its {@code Content-Type}. */
public enum BodyType {
  /** One JSON text. */
  JSON,
  /** One JSON text a line. */
  LINES,
  OTHER;

  public static final String LINES_TYPE = "application/x-ndjson";

  /** None is registered; these are what tools send. */
  private static final Set<String> NAMES_OF_LINES =
      Set.of(
          LINES_TYPE,
          "application/ndjson",
          "application/jsonl",
          "application/jsonlines",
          "application/x-jsonlines");

  public static BodyType of(@Nullable String contentType) {
    if (contentType == null) {
      // The service this one replaces took a body without a type for JSON.
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
        : NAMES_OF_LINES.contains(essence) ? LINES : OTHER;
  }

  private static boolean isUtf8(String parameters) {
    String bare = parameters.replaceAll("[\\s\"]", "");
    return !bare.contains(";charset=")
        || bare.contains(";charset=utf-8")
        || bare.contains(";charset=utf8")
        || bare.contains(";charset=us-ascii");
  }
}

package org.benchmarkresults.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Client;
import org.jspecify.annotations.Nullable;

/** Lists as a program reads them. */
public final class Lists {
  private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private Lists() {}

  /** A path with parameters: names and values in turn. */
  public static String path(String path, String... parameters) {
    StringBuilder url = new StringBuilder(path);
    for (int i = 0; i < parameters.length; i += 2) {
      url.append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(Bodies.encoded(parameters[i + 1]));
    }
    return url.toString();
  }

  public static List<JsonObject> rows(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.array().stream().map(JsonObject.class::cast).toList();
  }

  public static List<String> members(Answer answer, String name) {
    return rows(answer).stream().map(row -> row.getString(name)).toList();
  }

  /** The link to the next page; null when there is none. */
  public static @Nullable String next(Answer answer) {
    String link = answer.header("Link");
    if (link == null) {
      return null;
    }
    Matcher parts = LINK.matcher(link);
    assertTrue(parts.matches(), link);
    return parts.group(1);
  }

  /** The rows of a page and of all that follow it. */
  public static List<JsonObject> followed(Client client, String path) {
    List<JsonObject> rows = new ArrayList<>();
    for (String page = path; page != null; ) {
      Answer answer = client.get(page);
      rows.addAll(rows(answer));
      page = next(answer);
    }
    return rows;
  }

  /** JSON lines, each ended by a line break. */
  public static List<String> lines(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("application/x-ndjson", answer.header("Content-Type"));
    String text = answer.text();
    if (text.isEmpty()) {
      return List.of();
    }
    assertTrue(text.endsWith("\n"), "the last line is not ended");
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }
}

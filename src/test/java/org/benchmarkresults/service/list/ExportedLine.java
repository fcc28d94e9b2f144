package org.benchmarkresults.service.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One line of an export with data, taken apart: the JSON text of each of its members. */
record ExportedLine(Map<String, String> members) {
  /** Longer strings than Jackson reads by default: data of line breaks is one. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** Reads one JSON object with nothing before or behind it. */
  static ExportedLine of(String line) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(line)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, line);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        require(members.put(name, line.substring(from, to)) == null, "twice: " + name);
      }
      require(parser.nextToken() == null, line);
    }
    return new ExportedLine(members);
  }

  private static void require(boolean condition, String line) {
    if (!condition) {
      throw new IllegalArgumentException(line);
    }
  }

  /** A text member. */
  String text(String name) {
    return new JsonArray("[" + members.get(name) + "]").getString(0);
  }

  /** The data as it was received: out of its string where it is an object or array in one. */
  String data() {
    String json = members.get("data");
    if (!json.startsWith("\"")) {
      return json;
    }
    String inside = text("data");
    return isStructure(inside) ? inside : json;
  }

  private static boolean isStructure(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      boolean structure = parser.nextToken().isStructStart();
      parser.skipChildren();
      return structure && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}

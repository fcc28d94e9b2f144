package org.benchmarkresults.service.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.benchmarkresults.backend.Answer;

/** Reads the answer to a load. */
final class BulkUploadResponses {
  private BulkUploadResponses() {}

  /** The answer lines by the number of the line they answer. */
  static Map<Long, JsonObject> byLine(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("application/x-ndjson", answer.header("Content-Type"));
    Map<Long, JsonObject> byLine = new TreeMap<>();
    answer
        .text()
        .lines()
        .map(JsonObject::new)
        .forEach(line -> assertEquals(null, byLine.put(line.getLong("line"), line)));
    return byLine;
  }
}

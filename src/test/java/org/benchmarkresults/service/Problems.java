package org.benchmarkresults.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.benchmarkresults.backend.Answer;

/** The form of every error response: RFC 9457, with the request's id. */
public final class Problems {
  private static final String TYPE = "urn:benchmark-results:problem:";

  private Problems() {}

  /**
   * The problem document, after it was found to be whole.
   *
   * @param kind last part of its type
   * @param instance the path of the request
   */
  public static JsonObject requireProblem(Answer answer, int status, String kind, String instance) {
    assertEquals(status, answer.status(), answer::toString);
    assertEquals("application/problem+json", answer.header("Content-Type"), answer::toString);
    JsonObject problem = answer.json();
    assertEquals(TYPE + kind, problem.getString("type"));
    assertFalse(problem.getString("title").isBlank());
    assertEquals(status, problem.getInteger("status"));
    assertFalse(problem.getString("detail").isBlank());
    assertEquals(instance, problem.getString("instance"));
    assertEquals(answer.header("X-Request-Id"), problem.getString("request_id"));
    return problem;
  }

  /** The pointers of the members at fault. */
  public static List<String> pointers(JsonObject problem) {
    return problem.getJsonArray("errors").stream()
        .map(JsonObject.class::cast)
        .map(fault -> fault.getString("pointer"))
        .toList();
  }
}

package org.benchmarkresults.service.contract;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters that an operation does not have. */
class UnknownParametersTest {
  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/raw_input | benchmark=x | benchmark_name",
        "/raw_input | model=x | model_id",
        "/standardized_output | page=2 | limit or cursor",
        "/raw_input | offset=10 | cursor",
        "/raw_input | run=1 | run_id",
        "/raw_input | from=2026-01-01 | since",
        "/raw_input | order_by=timestamp | sort",
        "/raw_input | orderBy=timestamp | sort",
        "/raw_input | q=x | filter",
        "/raw_input | per_page=3 | limit",
        "/raw_input | Limit=3 | limit",
        "/raw_input | modelId=x | model_id",
        "/raw_input | bechmark_name=x | benchmark_name",
        "/raw_input | zebra=x | benchmark_name",
        "/raw_input | timestamp=2026-01-01 | since or until",
        "/raw_input | latest=true | limit or sort",
        "/raw_input/x | versoin=1 | version",
        "/raw_input/x/data | v=1 | version",
        "/benchmarks | name=x | prefix",
        "/models | page=1 | limit or cursor",
        "/runs/x | page=1 | limit or cursor",
        "/audit | user=x | caller",
        "/audit | pk=x | name",
        "/events | benchmark=x | benchmark_name",
        "/health | verbose=1 | takes none",
        "/health/live | x=1 | takes none",
        "/metrics | name[]=up | takes none",
        "/retention/preview | limit=1 | takes none",
        "/openapi.json | v=1 | takes none",
        "/docs | url=x | takes none"
      })
  void isRefusedWithTheOneThatWasMeant(String path, String parameter, String meant) {
    Answer answer = service.client().get(path + "?" + parameter.replace("[]", "%5B%5D"));

    JsonObject problem = requireProblem(answer, 400, "invalid-parameter", path);
    assertTrue(problem.getString("detail").contains(meant), answer::toString);
    JsonObject fault = problem.getJsonArray("errors").getJsonObject(0);
    assertTrue(fault.getString("detail").contains(meant), answer::toString);
    assertEquals(parameter.replaceFirst("=.*", ""), fault.getString("parameter"));
    assertEquals(fault.getString("parameter"), fault.getString("pointer"));
  }

  @Test
  void isRefusedWhereSomethingIsChanged() {
    Client client = service.client();
    client.post("/raw_input", Bodies.withData("kept", "1"));
    client.post("/raw_input", Bodies.withData("kept", "2"));
    String path = Bodies.path("kept");

    Answer deletion = client.send(HttpMethod.DELETE, path + "?version=1", Buffer.buffer()).await();
    Answer restored =
        client.send(HttpMethod.POST, path + "/restore?versions=1", Buffer.buffer()).await();
    Answer stored = client.post("/raw_input?dry_run=true", Bodies.withData("dry", "1"));

    requireProblem(deletion, 400, "invalid-parameter", path);
    assertTrue(deletion.text().contains("all versions"), deletion::toString);
    assertEquals(400, restored.status(), restored::toString);
    assertEquals(400, stored.status(), stored::toString);
    assertEquals("2", client.get(path + "/data").text());
    assertEquals(404, client.get(Bodies.path("dry")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/raw_input", "/health", "/benchmarks", "/metrics", "/docs", "/openapi.yaml"})
  void isLetThroughBehindAnUnderscore(String path) {
    assertEquals(200, service.client().get(path + "?_=17&_t=3&").status());
    assertEquals(200, service.client().head(path + "?_=17").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=",
        "limit",
        "count=",
        "limit=1&limit=1",
        "since=",
        "format=xml",
        "fields=a&fields=b"
      })
  void aKnownOneWithoutAUsableValueIsRefusedToo(String query) {
    int status = service.client().get("/raw_input?" + query).status();

    assertTrue(status == 400 || status == 422, () -> query + " is answered " + status);
  }
}

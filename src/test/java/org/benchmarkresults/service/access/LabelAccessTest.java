package org.benchmarkresults.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;

/** Labels of observations and suggestions that a restricted key reads. */
@OnMongod
class LabelAccessTest extends ServiceWithKeys {
  LabelAccessTest(Backend backend) {
    super(backend);
  }

  private void store(String benchmark, String labels) {
    String path = Bodies.path(benchmark);
    String body = Bodies.withData(benchmark, "{\"accuracy\":0.5,\"total_time\":1.5}");
    assertEquals(200, client.post("/raw_input", body, by(all)).status());
    Answer answer =
        client
            .send(
                HttpMethod.PATCH,
                path,
                Buffer.buffer("{\"labels\":" + labels + "}"),
                "Content-Type",
                "application/merge-patch+json",
                "Authorization",
                "Bearer " + all)
            .await();
    assertEquals(200, answer.status(), answer::toString);
    Await.until(
        () ->
            client.get(path + "/observations", by(all)).json().getString("state").equals("derived"),
        () -> path + " is not derived");
  }

  @Test
  void aRestrictedKeyFindsLabelsOfItsBenchmarksAlone() {
    store("Eval-a", "{\"nightly\":\"main\",\"own\":\"1\"}");
    store("mmlu", "{\"nightly\":\"main\",\"own\":\"12\",\"secret\":\"x\"}");
    String observations = "/observations?metric=accuracy&filter=labels.nightly==main";

    assertEquals(2, names(client.get(observations, by(all)), "benchmark_name").size());
    assertEquals(
        List.of("Eval-a"), names(client.get(observations, by(restricted)), "benchmark_name"));
    assertEquals(
        List.of(),
        names(
            client.get(
                "/observations?metric=accuracy&filter=labels.secret=exists=true", by(restricted)),
            "benchmark_name"));
    Await.until(
        () -> names(client.get("/suggest?q=secret", by(all)), "value").contains("secret=x"),
        () -> client.get("/suggest", by(all)).toString());
    Answer suggested = client.get("/suggest?kinds=label,model_id", by(restricted));
    assertEquals(List.of("nightly=main", "own=1"), names(suggested, "value"));
    assertEquals(1, suggested.array().getJsonObject(0).getLong("results"));
    assertEquals(List.of(), names(client.get("/suggest?q=secret", by(restricted)), "value"));
    assertEquals(List.of(), names(client.get("/suggest?q=own%3D12", by(restricted)), "value"));
  }
}

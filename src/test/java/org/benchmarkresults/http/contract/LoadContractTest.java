package org.benchmarkresults.http.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answer lines of every kind look as the contract says. */
@ExtendWith(VertxExtension.class)
class LoadContractTest {
  private static final String LINES = "application/x-ndjson";
  private static final String FIRST =
      "{\"timestamp\":\"t\",\"benchmark_name\":\"b-b\",\"run_id\":\"r\",\"data\":1}";

  @RegisterExtension
  final RunningService service =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", "4KiB"));

  private Answer load(String... lines) {
    return service
        .client()
        .send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(String.join("\n", lines)),
            "Content-Type",
            LINES)
        .await();
  }

  @Test
  void everyKindOfAnswerLineFitsItsSchema(Vertx vertx) {
    Contract contract = Contract.load(vertx).await();
    Validator loaded =
        contract
            .schemas()
            .validator(
                contract
                    .openApi()
                    .operation("saveRawInput")
                    .getResponse(200)
                    .getContent()
                    .get(LINES)
                    .getSchema());
    assertEquals(1, load(FIRST).text().lines().count());

    List<JsonObject> answers =
        load(
                FIRST,
                FIRST.replace("1}", "2}"),
                FIRST.replace("\"r\"", "\"s\""),
                FIRST.replace("b-b", "b").replace("\"r\"", "\"b-r\""),
                "{}",
                "{",
                "[".repeat(600),
                " ".repeat(5_000))
            .text()
            .lines()
            .map(JsonObject::new)
            .toList();

    assertEquals(8, answers.size(), answers::toString);
    for (JsonObject answer : answers) {
      OutputUnit verdict = loaded.validate(answer);
      assertTrue(verdict.getValid(), () -> verdict.getErrors() + " in " + answer);
    }
  }
}

package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Compression;
import org.benchmarkresults.service.Problems;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Single results whose bodies are compressed. */
@OnMongod
class CompressedResultsTest {
  @RegisterExtension final RunningService service;

  CompressedResultsTest(Backend backend) {
    service =
        RunningService.on(backend, Map.of("HTTP_BODY_LIMIT", "2MiB", "HTTP_UPLOAD_BUDGET", "4MiB"));
  }

  @ParameterizedTest
  @EnumSource
  void aSingleResultMayBeCompressedToo(Compression compression) {
    for (int size : new int[] {10, 63 << 10, 70 << 10, 1 << 20}) {
      String name = "single " + compression + size;
      String data = '"' + "y".repeat(size) + '"';
      Buffer body = compression.of(Buffer.buffer(Bodies.withData(name, data)));

      Answer answer =
          service
              .client()
              .send(HttpMethod.POST, "/raw_input", body, compression.headers("application/json"))
              .await();

      assertEquals(200, answer.status(), answer::toString);
      assertEquals(data, service.client().get(Bodies.path(name) + "/data").text());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void aSingleResultThatInflatesBeyondTheLimitIsRefused(Compression compression) {
    Buffer bomb = compression.of(Buffer.buffer(new byte[64 << 20]));
    assertTrue(bomb.length() < 70_000);

    Answer answer =
        service
            .client()
            .send(HttpMethod.POST, "/raw_input", bomb, compression.headers("application/json"))
            .await();

    Problems.requireProblem(answer, 413, "body-too-large", "/raw_input");
  }
}

package org.benchmarkresults.service.deriving;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.service.Bodies;

/** Waits for the observations of results. */
final class Derived {
  private Derived() {}

  /** The observations of a raw input once its newest version has been read. */
  static JsonObject raw(Client client, String benchmarkName) {
    return of(client, "raw_input", benchmarkName);
  }

  static JsonObject of(Client client, String stage, String benchmarkName) {
    String path =
        "/" + stage + "/" + Bodies.encoded(Bodies.resultName(benchmarkName)) + "/observations";
    AtomicReference<Answer> last = new AtomicReference<>();
    Await.until(
        () -> {
          last.set(client.get(path));
          return last.get().status() == 200
              && !last.get().json().getString("state").equals("pending");
        },
        () -> "not derived: " + last.get());
    return last.get().json();
  }
}

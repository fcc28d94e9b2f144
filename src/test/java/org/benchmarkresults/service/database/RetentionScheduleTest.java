package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.events.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schedule of the retention in a running service. */
class RetentionScheduleTest {
  @RegisterExtension
  final RunningService service =
      RunningService.on(Backend.EMBEDDED, Map.of("RETENTION_INTERVAL", "1s"));

  private String lastRun() {
    return String.valueOf(
        service.client().get("/retention/preview").json().getJsonObject("last_run"));
  }

  private void awaitARunAfter(String earlier) {
    Await.until(() -> !lastRun().equals(earlier), () -> "no run of the retention after " + earlier);
  }

  @Test
  void runsOnAfterTheFirstEventListener() {
    awaitARunAfter("null");
    Listener listener = Listener.to(service.client(), "/events");
    assertEquals(200, listener.status());
    awaitARunAfter(lastRun());
    listener.leave();

    awaitARunAfter(lastRun());
    awaitARunAfter(lastRun());
  }
}

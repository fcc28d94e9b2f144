package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many clients that begin at once, on an embedded database that was made a moment before. */
class FirstMomentsTest {
  private static final int CLIENTS = 12;

  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @Test
  void everyFirstRequestIsAnswered() throws InterruptedException, ExecutionException {
    List<Callable<List<Answer>>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      clients.add(() -> answers(service.client(), number));
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<List<Answer>> client : threads.invokeAll(clients)) {
        client.get().forEach(answer -> assertEquals(200, answer.status(), answer::toString));
      }
    }
    assertEquals(CLIENTS, Lists.rows(service.client().get("/raw_input")).size());
  }

  /** Half of the clients read first. */
  private static List<Answer> answers(Client client, int number) {
    List<Answer> answers = new ArrayList<>();
    Runnable save =
        () ->
            answers.add(
                client.post(
                    "/raw_input", Bodies.withMembers("run " + number, "\"data\":" + number)));
    if (number % 2 == 0) {
      save.run();
    }
    for (String path :
        List.of("/raw_input", "/models", "/raw_input?model_id=m&count=true", "/benchmarks")) {
      answers.add(client.get(path));
    }
    if (number % 2 == 1) {
      save.run();
    }
    return Collections.unmodifiableList(answers);
  }
}

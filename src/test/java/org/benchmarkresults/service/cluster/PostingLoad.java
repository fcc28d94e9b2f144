package org.benchmarkresults.service.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.service.Bodies;

/**
 * Some callers that post one small result after the other, and remember what they were answered.
 */
final class PostingLoad implements AutoCloseable {
  private static final int CALLERS = 4;
  private static final int MORE = 200;

  private final Client client;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean ended;

  private PostingLoad(Client client) {
    this.client = client;
  }

  static PostingLoad begin(Client client) {
    PostingLoad load = new PostingLoad(client);
    for (int i = 0; i < CALLERS; i++) {
      load.callers.add(Thread.ofVirtual().start(load::post));
    }
    return load;
  }

  private void post() {
    while (!ended) {
      int number = sent.getAndIncrement();
      int status = client.post("/raw_input", Bodies.withData(name(number), data(number))).status();
      statuses.put(number, status);
      if (status != 200) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  private static String name(int number) {
    return "load " + number;
  }

  private static String data(int number) {
    return "{\"number\": " + number + ".10}";
  }

  /** How many were begun; those of a number from here on are begun later. */
  int sent() {
    return sent.get();
  }

  /** Comes back when some more were accepted. */
  void awaitMoreAccepted() {
    long wanted = accepted() + MORE;
    Await.until(() -> accepted() >= wanted, () -> "accepted " + accepted() + " of " + sent());
  }

  private long accepted() {
    return statuses.values().stream().filter(status -> status == 200).count();
  }

  /** Refused posts with a number from the first up to before the second. */
  long refusedBetween(int from, int to) {
    return statuses.entrySet().stream()
        .filter(answered -> answered.getKey() >= from && answered.getKey() < to)
        .filter(answered -> answered.getValue() != 200)
        .count();
  }

  Set<Integer> statuses() {
    return new HashSet<>(statuses.values());
  }

  /** Comes back when all callers have their answers. */
  void end() {
    ended = true;
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts a test", e);
      }
    }
    assertEquals(sent(), statuses.size(), "a caller stopped in the middle");
  }

  /** Each with its very data. */
  void assertAllAcceptedAreThere() {
    List<Answer> answers = new ArrayList<>();
    statuses.forEach(
        (number, status) -> {
          if (status == 200) {
            String path = Bodies.path(name(number)) + "/data";
            Answer answer = client.get(path);
            answers.add(answer);
            assertEquals(Buffer.buffer(data(number)), answer.body(), answer::toString);
          }
        });
    assertEquals(accepted(), answers.size());
  }

  @Override
  public void close() {
    ended = true;
  }
}

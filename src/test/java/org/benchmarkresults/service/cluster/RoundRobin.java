package org.benchmarkresults.service.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Client;

/**
 * A client of several nodes: each request goes to the next of them, and once more to the one behind
 * that when it is not answered or answered 503.
 */
final class RoundRobin {
  private static final long LONGEST = Duration.ofSeconds(60).toMillis();

  private final List<Client> nodes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();

  RoundRobin(Vertx vertx, List<Integer> ports) {
    nodes = ports.stream().map(port -> new Client(vertx, port)).toList();
  }

  /** Waits for the answer; empty when there was none the second time either. */
  Optional<Answer> send(HttpMethod method, String path, Buffer body, String... headers) {
    int first = requests.getAndIncrement();
    Optional<Answer> answer = sendTo(first, method, path, body, headers);
    if (isAnswered(answer)) {
      return answer;
    }
    repeated.incrementAndGet();
    return sendTo(first + 1, method, path, body, headers);
  }

  private static boolean isAnswered(Optional<Answer> answer) {
    return answer.isPresent()
        && answer.get().status() != 503
        // A line of a load that is not known.
        && Stream.of("\"status\":503", "\"status\":400").noneMatch(answer.get().text()::contains);
  }

  private Optional<Answer> sendTo(
      int node, HttpMethod method, String path, Buffer body, String... headers) {
    Future<Answer> answer = nodes.get(node % nodes.size()).send(method, path, body, headers);
    return answer
        .timeout(LONGEST, TimeUnit.MILLISECONDS)
        .map(Optional::of)
        .otherwise(Optional.empty())
        .await();
  }

  int requests() {
    return requests.get();
  }

  int repeated() {
    return repeated.get();
  }
}

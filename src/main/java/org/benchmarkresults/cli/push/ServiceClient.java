package org.benchmarkresults.cli.push;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends files to a service and retries what may succeed later. Thread-safe. */
final class ServiceClient implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration LONGEST_REQUEST = Duration.ofMinutes(5);

  /** Too many requests, and a service or proxy that is not there for now. */
  private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECTING)
          .build();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<String> lastReason = new AtomicReference<>("");
  private final String server;
  private final @Nullable String key;
  private final Duration patience;
  private final PrintStream terminal;

  /**
   * @param server URL without a slash at its end
   * @param key API key; null to send none
   * @param patience how long a request is retried
   * @param terminal receives the reasons of retries
   */
  ServiceClient(String server, @Nullable String key, Duration patience, PrintStream terminal) {
    this.server = server;
    this.key = key;
    this.patience = patience;
    this.terminal = terminal;
  }

  /**
   * A response.
   *
   * @param body empty when it is not a JSON object
   */
  record Reply(int status, JsonObject body) {
    /** The problem in one sentence. */
    String detail() {
      return body.getString("detail", "the service answered with status " + status);
    }
  }

  /**
   * Sends a file and waits for the response.
   *
   * @param parameters of the URL
   * @param isFirstVersionOnly whether a result that is stored with other content is refused
   * @throws PushFailure when the service cannot be reached, or refuses the key
   */
  Reply send(String path, Map<String, String> parameters, Path file, boolean isFirstVersionOnly)
      throws IOException, InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    URI uri = URI.create(server + path + (query.isEmpty() ? "" : "?" + query));
    HttpRequest.Builder request = request(uri, file).POST(BodyPublishers.ofFile(file));
    if (isFirstVersionOnly) {
      request.header("If-None-Match", "*");
    }
    return retried(request.build());
  }

  /** Attaches a file and waits for the response; fails as {@link #send} does. */
  Reply put(String path, Path file) throws IOException, InterruptedException {
    return retried(
        request(URI.create(server + path), file).PUT(BodyPublishers.ofFile(file)).build());
  }

  private HttpRequest.Builder request(URI uri, Path file) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(LONGEST_REQUEST)
            .header("Content-Type", ResultFiles.type(file));
    if (ResultFiles.isCompressed(file)) {
      request.header("Content-Encoding", "gzip");
    }
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request;
  }

  /** A segment of a path, percent-encoded. */
  static String segment(String text) {
    return encoded(text).replace("+", "%20");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply retried(HttpRequest request) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      String reason;
      Duration wanted = pause;
      try {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        Reply reply = new Reply(response.statusCode(), json(response.body()));
        if (!LATER.contains(reply.status)) {
          return accepted(reply);
        }
        reason = reply.detail();
        wanted = retryAfter(response, pause);
      } catch (IOException e) {
        requireTemporary(e);
        reason = "cannot reach " + server + " (" + message(e) + ")";
      }
      if (System.nanoTime() + wanted.toNanos() > giveUp) {
        throw new PushFailure(reason + "; gave up after " + patience.toSeconds() + " s");
      }
      if (!reason.equals(lastReason.getAndSet(reason))) {
        terminal.println("retrying: " + reason);
      }
      if (stopping.await(wanted.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PushFailure(reason);
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  /** Neither a wrong key nor a wrong URL gets better with the next file. */
  private Reply accepted(Reply reply) {
    String type = reply.body.getString("type", "");
    boolean isOfKey = reply.status == 401 || type.endsWith(":scope-missing");
    // A result that was deleted meanwhile is not found, which is a problem of the one file.
    boolean isOtherService =
        (reply.status == 404 && !type.endsWith(":result-not-found")) || reply.status == 405;
    if (isOfKey) {
      throw new PushFailure(reply.detail());
    }
    if (isOtherService || (reply.status < 300 && reply.body.isEmpty())) {
      throw new PushFailure(server + " is not a benchmark-results service that accepts files");
    }
    return reply;
  }

  private static void requireTemporary(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        throw new PushFailure("the host of --server has no address");
      }
      if (cause instanceof SSLException) {
        throw new PushFailure("TLS: " + cause.getMessage());
      }
      if (cause instanceof java.nio.file.FileSystemException) {
        throw new UnreadableFile();
      }
    }
  }

  /** The file was removed, or may not be read. */
  static final class UnreadableFile extends RuntimeException {
    UnreadableFile() {
      super("cannot be read", null, false, false);
    }
  }

  private static String message(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Duration retryAfter(HttpResponse<String> response, Duration pause) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,4}"))
        .map(seconds -> Duration.ofSeconds(Math.min(60, Long.parseLong(seconds))))
        .filter(asked -> asked.compareTo(pause) > 0)
        .orElse(pause);
  }

  private static JsonObject json(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }

  /** Ends all pauses. */
  void stop() {
    stopping.countDown();
  }

  @Override
  public void close() {
    http.close();
  }
}

package org.benchmarkresults.http.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.http.Guarded;
import org.jspecify.annotations.Nullable;

/** A request for each operation and status of the contract. */
public final class Provocations {
  public static final int BODY_LIMIT_BYTES = 4096;

  /** Of the service that the requests are sent to. */
  public static final Map<String, String> SETTINGS =
      settings(Map.of("HTTP_BODY_LIMIT", BODY_LIMIT_BYTES + "B"), AttachmentProvocations.SETTINGS);

  private static final int MOST_TRIES = 100;
  private static final int LONGEST_REQUEST_LINE = 16 << 10;

  /** Without authentication there is nothing in it. */
  private static final String AUDIT = "listChanges";

  private static final String STORED = "t-b-b-r";
  private static final String DELETED = "t-b-b-deleted";
  private static final String USED_AGAIN = "t-b-b-again";
  private static final String FIXTURE =
      "{\"timestamp\":\"t\",\"benchmark_name\":\"b-b\",\"run_id\":\"r\","
          + "\"data\":{\"a\":[1.10],\"b\":2}}";
  private static final String FILE = "{\"accuracy\":0.85,\"total_questions\":1000}";
  private static final String PATCH = "{\"labels\":{\"a\":\"1\"},\"note\":\"*x*\"}";
  private static final List<Integer> OF_ANY_OPERATION = List.of(200, 304, 400, 401, 403, 404, 503);

  private static final List<String> OF_ADMINS = List.of(AUDIT, "rebuildObservations");

  /** Operations whose responses end. */
  private static final List<Integer> UNANSWERED = List.of(400, 401, 403, 503);

  /** With the first one, two of everything that is listed. */
  private static final List<String> MORE_FIXTURES =
      List.of(
          FIXTURE.replace("\"r\"", "\"another\""),
          """
          {"timestamp":"t","benchmark_name":"c","run_id":"r","model_id":"m","source":"s","data":1}\
          """,
          """
          {"timestamp":"t","benchmark_name":"d","run_id":"r","model_id":"n","source":"t","data":1}\
          """,
          """
          {"timestamp":"t","benchmark_name":"e","run_id":"r","data":{"results":{\
          "one":{"acc,none":0.1,"f1,none":0.2},"two":{"acc,none":0.3}}}}\
          """);

  /**
   * A request.
   *
   * @param to which service it is sent
   * @param headers names and values in turn
   */
  public record Provocation(HttpMethod method, String path, String body, To to, String... headers) {
    public Answer send(Map<To, Client> services) {
      Client service = Objects.requireNonNull(services.get(to));
      Answer answer = service.send(method, path, Buffer.buffer(body), headers).await();
      // The limit of one request per second has its own response.
      for (int i = 0; to == To.LIMITED && answer.status() != 429 && i < MOST_TRIES; i++) {
        answer = service.send(method, path, Buffer.buffer(body), headers).await();
      }
      return answer;
    }
  }

  /** The state of the service. */
  public enum To {
    /** All is well. */
    PRESENT,
    /** Its database is unavailable. */
    AWAY,
    /** It requires authentication. */
    GUARDED,
    /** It limits an address to one request per second. */
    LIMITED
  }

  private final Guarded guarded;
  private final String bulkOperation;

  /**
   * @param guarded whose keys are sent
   * @param bulkOperation the id of a bulk operation
   */
  public Provocations(Guarded guarded, String bulkOperation) {
    this.guarded = guarded;
    this.bulkOperation = bulkOperation;
  }

  private static Map<String, String> settings(
      Map<String, String> some, Map<String, String> others) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(others);
    return Map.copyOf(all);
  }

  public static void storeFixtures(Client client) {
    AliasProvocations.storeFixtures(client);
    for (String path : List.of("/raw_input", "/standardized_output")) {
      store(client, path, STORED);
      if (client.head(path + "/" + USED_AGAIN).status() != 200) {
        MORE_FIXTURES.forEach(more -> client.post(path, more));
        annotate(client, path, "{\"labels\":{\"a\":\"1\"}}");
        annotate(client, path, "{\"labels\":{\"b\":\"1\"}}");
      }
      store(client, path, DELETED);
      delete(client, path, DELETED);
      store(client, path, USED_AGAIN);
      delete(client, path, USED_AGAIN);
      store(client, path, USED_AGAIN);
      AttachmentProvocations.store(client, path + "/" + STORED, path + "/t-b-b-another");
    }
  }

  /** Waits until the observations of the fixtures are there. */
  public static void awaitObservations(Client client) {
    Await.until(
        () ->
            client.get("/observations?limit=2&stage=raw_input").array().size() == 2
                && client.get("/tasks?limit=2").array().size() == 2
                && client.get("/metric_names?limit=2").array().size() == 2,
        () -> "the fixtures are not derived: " + client.get("/health").text());
  }

  private static void store(Client client, String path, String resultName) {
    if (client.head(path + "/" + resultName).status() != 200) {
      client.post(path, FIXTURE.replace("\"r\"", resultName.replaceFirst("t-b-b-(.*)", "\"$1\"")));
    }
  }

  private static void annotate(Client client, String path, String patch) {
    client.send(HttpMethod.PATCH, path + "/" + STORED, Buffer.buffer(patch)).await();
  }

  private static void delete(Client client, String path, String resultName) {
    client.send(HttpMethod.DELETE, path + "/" + resultName, Buffer.buffer()).await();
  }

  /** The requests that provoke every documented response of an operation. */
  public List<Provocation> all(Operation operation) {
    List<Provocation> all = new ArrayList<>();
    boolean ends = !operation.getOperationId().equals("listenToEvents");
    OF_ANY_OPERATION.stream()
        .filter(status -> ends || UNANSWERED.contains(status))
        .forEach(status -> all.add(of(operation, status)));
    return all;
  }

  /** No scope contains another. */
  private String tokenOfAnotherScope(Operation operation) {
    return OF_ADMINS.contains(operation.getOperationId()) ? guarded.reader() : guarded.admin();
  }

  public Provocation of(Operation operation, int status) {
    Provocation ofAttachment =
        AttachmentProvocations.of(operation, status, STORED, "t-b-b-another");
    if (ofAttachment != null) {
      return ofAttachment;
    }
    Provocation ofFile =
        operation.getHttpMethod().equals(HttpMethod.PATCH)
            ? ofPatch(operation, status)
            : ofFile(operation, status);
    Provocation ofBulk =
        ofFile == null
            ? new BulkProvocations(guarded, bulkOperation).of(operation, status)
            : ofFile;
    Provocation special = ofBulk == null ? AliasProvocations.of(operation, status) : ofBulk;
    return special == null ? ofAny(operation, status) : special;
  }

  /**
   * The URL says of files what an envelope would; null for requests that are the same for any
   * operation.
   */
  private static @Nullable Provocation ofFile(Operation operation, int status) {
    String path = operation.getOpenAPIPath().replace("{file_name}", "f.json");
    if (!path.startsWith("/files")) {
      return null;
    }
    String named = path + "?timestamp=t&benchmark_name=b-b&run_id=a-file";
    return switch (status) {
      case 200 -> request(operation, named, FILE);
      case 409 -> request(operation, path + "?timestamp=t&benchmark_name=b&run_id=b-r", FILE);
      case 412 -> request(operation, named, "{\"accuracy\":0.1}", "If-None-Match", "*");
      case 422 -> request(operation, path, FILE);
      case 503 -> new Provocation(operation.getHttpMethod(), named, FILE, To.AWAY);
      default -> null;
    };
  }

  /** Null for requests that are the same for any operation. */
  private static @Nullable Provocation ofPatch(Operation operation, int status) {
    String path = operation.getOpenAPIPath();
    String stored = path.replace("{result_name}", STORED);
    return switch (status) {
      case 200 -> request(operation, stored, PATCH);
      case 404 -> request(operation, path.replace("{result_name}", "nothing-here"), PATCH);
      case 412 -> request(operation, stored, PATCH, "If-Match", "\"1-of another\"");
      case 422 -> request(operation, stored, "{\"labels\":[]}");
      case 503 -> new Provocation(operation.getHttpMethod(), stored, PATCH, To.AWAY);
      default -> null;
    };
  }

  private Provocation ofAny(Operation operation, int status) {
    String path = operation.getOpenAPIPath();
    boolean restores = path.endsWith("/restore");
    String stored =
        path.replace("{result_name}", restores ? DELETED : STORED)
            .replace("{run_id}", "r")
            .replace("{model_id}", "m")
            .replace("{file_name}", AttachmentProvocations.PRESENT)
            .replace("{asset}", "docs.css");
    boolean isPage = has(operation, "limit");
    String page = has(operation, "count") ? "?limit=1&count=true" : "?limit=1";
    boolean deletes = operation.getHttpMethod().equals(HttpMethod.DELETE);
    boolean hasBody = operation.getRequestBody() != null;
    String body = hasBody ? FIXTURE : "";
    if (status == 200 && operation.getOperationId().equals(AUDIT)) {
      return new Provocation(
          operation.getHttpMethod(),
          path + "?limit=1",
          "",
          To.GUARDED,
          "Authorization",
          "Bearer " + guarded.admin());
    }
    return switch (status) {
      case 200, 202 -> request(operation, isPage ? stored + page : stored, body);
      case 304 -> request(operation, stored, body, "If-None-Match", "*");
      case 307 -> request(operation, stored, body, "Accept", "text/html");
      case 400 -> request(operation, stored, body, "X-Request-Id", "not an id");
      case 404 -> request(operation, path.replaceFirst("\\{.*?}", "nothing-here"), body);
      case 406 -> request(operation, stored, body, "Accept", "image/png");
      case 409 ->
          restores
              ? request(operation, path.replace("{result_name}", USED_AGAIN), body)
              : request(
                  operation, stored, body.replace("\"b-b\"", "\"b\"").replace("\"r\"", "\"b-r\""));
      case 412 ->
          deletes || restores
              ? request(
                  operation,
                  restores ? changedVersion(path) : stored,
                  body,
                  "If-Match",
                  "\"1-of another\"")
              : request(operation, stored, body.replace("1.10", "1.1"), "If-None-Match", "*");
      case 413 -> request(operation, stored, body + " ".repeat(BODY_LIMIT_BYTES));
      case 414 ->
          request(
              operation,
              path.contains("{")
                  ? path.replaceFirst("\\{.*?}", "x".repeat(LONGEST_REQUEST_LINE))
                  : path + "?cursor=" + "x".repeat(LONGEST_REQUEST_LINE),
              body);
      case 415 -> request(operation, stored, body, "Content-Encoding", "br");
      case 422 -> request(operation, stored + wrongQuery(operation, isPage), "{}");
      case 503 -> new Provocation(operation.getHttpMethod(), stored, body, To.AWAY);
      case 429 ->
          // A wrong request, since the right one has an endless response.
          new Provocation(
              operation.getHttpMethod(), stored, body, To.LIMITED, "X-Request-Id", "not an id");
      case 401 -> new Provocation(operation.getHttpMethod(), stored, body, To.GUARDED);
      case 403 ->
          new Provocation(
              operation.getHttpMethod(),
              stored,
              body,
              To.GUARDED,
              "Authorization",
              "Bearer " + tokenOfAnotherScope(operation));
      default -> throw new IllegalArgumentException("no request is known for " + status);
    };
  }

  private static String wrongQuery(Operation operation, boolean isPage) {
    if (isPage) {
      return "?cursor=none";
    }
    return has(operation, "fields") ? "?fields=nothing" : "";
  }

  private static boolean has(Operation operation, String parameter) {
    return operation.getParameters().stream()
        .anyMatch(declared -> declared.getName().equals(parameter));
  }

  private static String changedVersion(String path) {
    return path.replace("{result_name}", STORED) + "?version=1";
  }

  private static Provocation request(
      Operation operation, String path, String body, String... headers) {
    return new Provocation(operation.getHttpMethod(), path, body, To.PRESENT, headers);
  }
}

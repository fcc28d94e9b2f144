package org.benchmarkresults.http.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.http.exchange.Provocations.Provocation;
import org.benchmarkresults.http.exchange.Provocations.To;
import org.jspecify.annotations.Nullable;

/** A request for each response that only operations on attachments have. */
final class AttachmentProvocations {
  /** The settings of the service that the requests are sent to. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "ATTACHMENTS_FILE_LIMIT", "4096B",
          "ATTACHMENTS_RESULT_LIMIT", "16KiB",
          "ATTACHMENTS_COUNT", "3");

  static final String PRESENT = "present.log";
  private static final String REMOVED = "removed.log";
  private static final String BYTES = "bytes";

  private AttachmentProvocations() {}

  /** Attaches files, and as many as it may have to the full result. */
  static void store(Client client, String stored, String full) {
    putMissing(client, stored, List.of(PRESENT, REMOVED));
    putMissing(client, full, List.of("full-0", "full-1", "full-2"));
  }

  /** This runs before each of hundreds of tests. */
  private static void putMissing(Client client, String result, List<String> files) {
    String there = client.get(result + "/attachments").text();
    files.stream()
        .filter(file -> !there.contains("\"" + file + "\""))
        .forEach(file -> put(client, result, file));
  }

  private static void put(Client client, String result, String file) {
    client.send(HttpMethod.PUT, result + "/attachments/" + file, Buffer.buffer(BYTES)).await();
  }

  /** Null for requests that are the same for any operation. */
  static @Nullable Provocation of(Operation operation, int status, String stored, String full) {
    String template = operation.getOpenAPIPath();
    if (!template.contains("/attachments/")) {
      return null;
    }
    String path = template.replace("{result_name}", stored);
    String file = path.replace("{file_name}", PRESENT);
    boolean puts = operation.getHttpMethod().equals(HttpMethod.PUT);
    return switch (status) {
      case 200 -> request(operation, file, puts ? BYTES : "");
      case 201 -> request(operation, path.replace("{file_name}", "new.log"), BYTES);
      case 204 -> request(operation, path.replace("{file_name}", REMOVED), "");
      case 206 -> request(operation, file, "", "Range", "bytes=1-2");
      case 409 ->
          request(
              operation,
              template.replace("{result_name}", full).replace("{file_name}", "one-more"),
              BYTES);
      case 412 ->
          puts
              ? request(operation, file, "other", "If-None-Match", "*")
              : request(operation, file, "", "If-Match", "\"other\"");
      case 416 -> request(operation, file, "", "Range", "bytes=99-");
      case 428 -> request(operation, file, "other");
      default -> null;
    };
  }

  private static Provocation request(
      Operation operation, String path, String body, String... headers) {
    return new Provocation(operation.getHttpMethod(), path, body, To.PRESENT, headers);
  }
}

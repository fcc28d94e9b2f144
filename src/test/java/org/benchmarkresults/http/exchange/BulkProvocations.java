package org.benchmarkresults.http.exchange;

import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Operation;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.http.Guarded;
import org.benchmarkresults.http.exchange.Provocations.Provocation;
import org.benchmarkresults.http.exchange.Provocations.To;
import org.jspecify.annotations.Nullable;

/**
 * Requests for the operations on bulk operations.
 *
 * @param guarded whose keys are sent
 * @param bulkOperation the id of a bulk operation
 */
public record BulkProvocations(Guarded guarded, String bulkOperation) {
  private static final String DRY_RUN =
      "{\"action\":\"restore\",\"stage\":\"raw_input\",\"dry_run\":true}";

  /** Makes a bulk operation; returns its id. */
  public static String prepare(Client client) {
    return client.post("/bulk", DRY_RUN).json().getJsonObject("operation").getString("id");
  }

  /** Null for requests that are the same for any operation. */
  @Nullable Provocation of(Operation operation, int status) {
    String path = operation.getOpenAPIPath();
    if (!path.startsWith("/bulk")) {
      return null;
    }
    HttpMethod method = operation.getHttpMethod();
    boolean begins = method.equals(HttpMethod.POST);
    String dryRun = begins ? DRY_RUN : "";
    return switch (status) {
      case 200 ->
          new Provocation(
              method, path.replace("{operation_id}", bulkOperation), dryRun, To.PRESENT);
      case 404 ->
          new Provocation(
              method,
              path.replace("{operation_id}", "nothing-here"),
              begins ? "{\"token\":\"1.2\"}" : "",
              To.PRESENT);
      case 403 ->
          new Provocation(
              method, path, dryRun, To.GUARDED, "Authorization", "Bearer " + guarded.reader());
      case 503 -> new Provocation(method, path, dryRun, To.AWAY);
      default -> null;
    };
  }
}

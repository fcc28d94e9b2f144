package org.benchmarkresults.http.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Operation;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.http.exchange.Provocations.Provocation;
import org.benchmarkresults.http.exchange.Provocations.To;
import org.jspecify.annotations.Nullable;

/** Requests for the responses that only operations on aliases have. */
final class AliasProvocations {
  private static final String MODEL = "m";
  private static final String OTHER = "n";

  private AliasProvocations() {}

  static void storeFixtures(Client client) {
    for (String model : new String[] {MODEL, OTHER}) {
      client
          .send(
              HttpMethod.PUT,
              "/aliases/" + model,
              Buffer.buffer(body("alias of " + model)),
              "If-None-Match",
              "*")
          .await();
    }
  }

  private static String body(String alias) {
    return "{\"aliases\":[\"" + alias + "\"]}";
  }

  /** Null for requests that are the same for any operation. */
  static @Nullable Provocation of(Operation operation, int status) {
    String body =
        switch (operation.getOperationId()) {
          case "setAliases" -> body("another alias");
          case "removeAliases" -> "";
          default -> null;
        };
    if (body == null) {
      return null;
    }
    return switch (status) {
      case 200 -> request(operation, body, "If-Match", "*");
      case 409 -> request(operation, body("alias of " + OTHER), "If-Match", "*");
      case 412 -> request(operation, body.replace("another", "a third"), "If-Match", "\"0\"");
      case 422 -> request(operation, "{}");
      case 428 -> request(operation, body.replace("another", "one more"));
      case 503 -> new Provocation(operation.getHttpMethod(), "/aliases/" + MODEL, body, To.AWAY);
      default -> null;
    };
  }

  private static Provocation request(Operation operation, String body, String... headers) {
    return new Provocation(
        operation.getHttpMethod(), "/aliases/" + MODEL, body, To.PRESENT, headers);
  }
}

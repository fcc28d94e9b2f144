package org.benchmarkresults.http.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.model.security.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service does not start when contract, table of operations and addresses disagree. */
class ContractAgreementTest {
  private static final String SENTENCE = "contract and service disagree: ";
  private static Vertx vertx;
  private static Contract contract;

  /** A row of the table that is never asked. */
  private record Row(String id, String address) implements Operation {
    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      throw new UnsupportedOperationException();
    }
  }

  private final Map<String, Operation> table = new TreeMap<>();

  @BeforeAll
  static void load() {
    vertx = Vertx.vertx();
    contract = Contract.load(vertx).await();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @BeforeEach
  void fillTheTable() {
    for (var operation : contract.openApi().operations()) {
      Object address = operation.getExtensions().get("x-vertx-event-bus");
      put(operation.getOperationId(), address == null ? null : address.toString());
    }
  }

  @Test
  void aTableThatSaysTheSameIsAccepted() {
    assertDoesNotThrow(() -> contract.requireAgreement(table));
  }

  @Test
  void anOperationThatIsInNoTableIsNamed() {
    table.remove("health");

    assertEquals(
        SENTENCE + "operation health of the contract is in no table", disagreement(contract));
  }

  @Test
  void anOperationThatIsNotInTheContractIsNamed() {
    put("forgetEverything", "results.forget");

    assertEquals(
        SENTENCE + "operation forgetEverything of the table is not in the contract",
        disagreement(contract));
  }

  @Test
  void anOperationThatAsksElsewhereIsNamed() {
    put("health", "health.live");

    assertEquals(
        SENTENCE + "operation health asks health.live but the contract says health.report",
        disagreement(contract));
  }

  @Test
  void anOperationThatAsksNobodyIsNamed() {
    put("health", null);

    assertEquals(
        SENTENCE + "operation health asks null but the contract says health.report",
        disagreement(contract));
  }

  @Test
  void anOperationThatAsksWhereTheContractSaysNothingIsNamed() {
    put("docs", "health.report");

    assertEquals(
        SENTENCE + "operation docs asks health.report but the contract says null",
        disagreement(contract));
  }

  @Test
  void anAddressThatIsInNoListIsNamed() throws ReflectiveOperationException {
    Contract other = contractOfOneOperation("x.nowhere");
    table.clear();
    put("x", "x.nowhere");

    assertEquals(
        SENTENCE + "address x.nowhere of operation x is not in Addresses", disagreement(other));
  }

  @Test
  void anOperationThatDeclaresNoSecurityIsNamed() throws ReflectiveOperationException {
    Contract other = contractOf(new JsonObject());
    table.clear();
    put("x", null);

    assertEquals(
        SENTENCE + "operation x of the contract declares no security", disagreement(other));
  }

  @Test
  void securityIsOneScopeOfTheBearer() throws ReflectiveOperationException {
    for (String scopes : List.of("[]", "[\"reed\"]", "[\"read\",\"write\"]")) {
      JsonArray security =
          new JsonArray().add(new JsonObject().put("bearer", new JsonArray(scopes)));
      Contract other = contractOf(new JsonObject().put("security", security));

      assertThrows(IllegalStateException.class, () -> other.scopes("x"), scopes);
    }
    assertEquals(Set.of(Scope.DELETE), contract.scopes("restoreRawInput"));
    assertEquals(Set.of(Scope.WRITE, Scope.DELETE, Scope.ADMIN), contract.scopes("changeResults"));
    assertEquals(Set.of(), contract.scopes("health"));
  }

  @Test
  void allDisagreementsAreNamedAtOnce() {
    table.remove("docs");
    put("health", "health.live");
    put("more", null);

    assertEquals(
        SENTENCE
            + "operation docs of the contract is in no table; "
            + "operation health asks health.live but the contract says health.report; "
            + "operation more of the table is not in the contract",
        disagreement(contract));
  }

  private String disagreement(Contract asked) {
    return assertThrows(IllegalStateException.class, () -> asked.requireAgreement(table))
        .getMessage();
  }

  private void put(String id, String address) {
    table.put(id, new Row(id, address));
  }

  /** There is only one contract on the class path, and it names no such address. */
  private static Contract contractOfOneOperation(String address)
      throws ReflectiveOperationException {
    return contractOf(
        new JsonObject().put("x-vertx-event-bus", address).put("security", new JsonArray()));
  }

  private static Contract contractOf(JsonObject operation) throws ReflectiveOperationException {
    operation
        .put("operationId", "x")
        .put("responses", new JsonObject().put("200", new JsonObject().put("description", "")));
    JsonObject bearer = new JsonObject().put("type", "http").put("scheme", "bearer");
    JsonObject components =
        new JsonObject().put("securitySchemes", new JsonObject().put("bearer", bearer));
    JsonObject model =
        new JsonObject()
            .put("openapi", "3.1.0")
            .put("components", components)
            .put("info", new JsonObject().put("title", "x").put("version", "1"))
            .put("paths", new JsonObject().put("/x", new JsonObject().put("get", operation)));
    Constructor<Contract> constructor =
        Contract.class.getDeclaredConstructor(OpenAPIContract.class, Buffer.class, Buffer.class);
    constructor.setAccessible(true);
    return constructor.newInstance(
        OpenAPIContract.from(vertx, model).await(), Buffer.buffer(), Buffer.buffer());
  }
}

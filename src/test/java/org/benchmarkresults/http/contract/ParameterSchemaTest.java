package org.benchmarkresults.http.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.openapi.contract.Parameter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParameterSchemaTest {
  private static Vertx vertx;
  private static Contract contract;

  @BeforeAll
  static void load() {
    vertx = Vertx.vertx();
    contract = Contract.load(vertx).await();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void namesTheFault() {
    ParameterSchema version = parameter("findRawInput", "version");
    ParameterSchema requestId = parameter("health", "X-Request-Id");
    ParameterSchema asset = parameter("docsAsset", "asset");

    assertEquals("must be at least 1", version.faultOf(0));
    assertEquals("must be at most 2147483647", version.faultOf(2_147_483_648L));
    assertEquals("must be at most 128 characters", requestId.faultOf("x".repeat(129)));
    assertEquals("must match ^[A-Za-z0-9._:-]+$", requestId.faultOf("not an id"));
    assertEquals("must match ^[A-Za-z0-9._:-]+$", requestId.faultOf("id\n"));
    assertTrue(asset.faultOf("other.css").startsWith("must be one of ["));
  }

  @Test
  void acceptsValuesThatFit() {
    ParameterSchema version = parameter("findRawInput", "version");
    ParameterSchema requestId = parameter("health", "X-Request-Id");

    assertNull(version.faultOf(1));
    assertNull(version.faultOf(Integer.MAX_VALUE));
    assertNull(requestId.faultOf("20260421_124425:17.a-b"));
  }

  private static ParameterSchema parameter(String operationId, String name) {
    Parameter declared =
        contract.openApi().operation(operationId).getParameters().stream()
            .filter(parameter -> parameter.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return new ParameterSchema(contract.schemas(), declared.getSchema());
  }
}

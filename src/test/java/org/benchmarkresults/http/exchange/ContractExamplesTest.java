package org.benchmarkresults.http.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.benchmarkresults.http.contract.Contract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples of the contract match their schemas. */
class ContractExamplesTest {
  private static Vertx vertx;
  private static Contract contract;

  /** An example and its schema. */
  private record Example(String where, String name, JsonSchema schema, Object value) {}

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
  void examplesMatchTheirSchemas() {
    List<String> faults = new ArrayList<>();

    for (Example example : examples()) {
      OutputUnit verdict = contract.schemas().validator(example.schema).validate(example.value);
      if (!verdict.getValid()) {
        faults.add(example.where + " " + example.name + ": " + verdict.getErrors());
      }
    }

    assertEquals(List.of(), faults);
  }

  @Test
  void allExamplesAreChecked() {
    Set<String> written = new TreeSet<>();
    collectNames(contract.openApi().getRawContract(), written);

    Set<String> tested = new TreeSet<>();
    examples().forEach(example -> tested.add(example.name));

    assertFalse(written.isEmpty());
    assertEquals(written, tested);
  }

  /** The documentation page and importers send the example as the value when none is entered. */
  @Test
  void optionalParametersHaveNoExamples() {
    List<String> faults = new ArrayList<>();
    for (Operation operation : contract.openApi().operations()) {
      for (Parameter parameter : operation.getParameters()) {
        JsonObject model = parameter.getOpenAPIModel();
        JsonObject schema = model.getJsonObject("schema");
        boolean hasExample =
            List.of("example", "examples").stream()
                .anyMatch(name -> model.containsKey(name) || schema.containsKey(name));
        if (hasExample && !parameter.isRequired()) {
          faults.add(operation.getOperationId() + " " + parameter.getName());
        }
      }
    }

    assertEquals(List.of(), faults);
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (Operation operation : contract.openApi().operations()) {
      String id = operation.getOperationId();
      for (Parameter parameter : operation.getParameters()) {
        add(
            id + " " + parameter.getName(),
            parameter.getOpenAPIModel(),
            parameter.getSchema(),
            examples);
      }
      if (operation.getRequestBody() != null) {
        add(id + " request", operation.getRequestBody().getContent().values(), examples);
      }
      for (String status : names(operation.getOpenAPIModel().getJsonObject("responses"))) {
        Response response = operation.getResponse(Integer.parseInt(status));
        add(id + " " + status, response.getContent().values(), examples);
      }
    }
    return examples;
  }

  private static void add(String where, Collection<MediaType> content, List<Example> into) {
    content.forEach(type -> add(where, type.getOpenAPIModel(), type.getSchema(), into));
  }

  private static void add(String where, JsonObject model, JsonSchema schema, List<Example> into) {
    JsonObject named = model.getJsonObject("examples", new JsonObject());
    for (String name : names(named)) {
      into.add(new Example(where, name, schema, named.getJsonObject(name).getValue("value")));
    }
  }

  /** Vert.x adds annotations to every object of the contract. */
  private static List<String> names(JsonObject object) {
    return object.fieldNames().stream().filter(name -> !name.startsWith("__")).toList();
  }

  /** The names below every {@code examples}. */
  private static void collectNames(Object node, Set<String> into) {
    if (node instanceof JsonArray array) {
      array.forEach(element -> collectNames(element, into));
    } else if (node instanceof JsonObject object) {
      for (String name : object.fieldNames()) {
        if (name.equals("examples")) {
          into.addAll(names(object.getJsonObject(name)));
        } else {
          collectNames(object.getValue(name), into);
        }
      }
    }
  }
}

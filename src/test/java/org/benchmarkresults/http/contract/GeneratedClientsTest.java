package org.benchmarkresults.http.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.benchmarkresults.http.exchange.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract holds nothing that generators of clients make something useless or wrong of. */
class GeneratedClientsTest {
  /** RE2, which Go has, knows neither lookaround nor back references. */
  private static final Pattern BEYOND_RE2 = Pattern.compile("\\(\\?[=!<]|\\\\[1-9]|[*+?}][+]");

  private static Vertx vertx;
  private static Contract contract;
  private static JsonObject raw;
  private static JsonObject schemas;

  @BeforeAll
  static void load() {
    vertx = Vertx.vertx();
    contract = Contract.load(vertx).await();
    raw = ((Response.Whole) contract.asJson().await()).body().toJsonObject();
    schemas = raw.getJsonObject("components").getJsonObject("schemas");
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void theTimestampIsAText() {
    JsonObject timestamp = envelope().getJsonObject("properties").getJsonObject("timestamp");

    assertEquals("string", timestamp.getString("type"));
  }

  /** With it the plain TypeScript generator sends each member by both its names. */
  @Test
  void theEnvelopeSaysNothingOfFurtherMembers() {
    assertFalse(envelope().containsKey("additionalProperties"));
  }

  @Test
  void everyMemberOfTheEnvelopeHasAnExampleThatFits() {
    JsonObject members = envelope().getJsonObject("properties");
    for (String name : names(members)) {
      JsonObject member = members.getJsonObject(name);
      boolean fits =
          contract
              .schemas()
              .validator(JsonSchema.of(member))
              .validate(member.getValue("example"))
              .getValid();
      assertEquals(true, member.containsKey("example") && fits, name);
    }
  }

  @Test
  void everyObjectAndEveryEnumOfABodyHasAName() {
    List<String> nameless = new ArrayList<>();
    for (String name : names(schemas)) {
      for (JsonObject part : parts(schemas.getJsonObject(name))) {
        boolean isObject = part.containsKey("properties");
        boolean isEnum = part.containsKey("enum") || part.containsKey("oneOf");
        if (isObject || isEnum) {
          nameless.add(name);
        }
      }
    }

    assertEquals(List.of(), nameless);
  }

  /** Go has one name space for the constants of all enums. */
  @Test
  void noTwoEnumsShareTheNameOfAConstant() {
    Set<String> seen = new TreeSet<>();
    for (String name : names(schemas)) {
      JsonObject schema = schemas.getJsonObject(name);
      JsonArray constants =
          schema.getJsonArray("x-enum-varnames", schema.getJsonArray("enum", new JsonArray()));
      constants.forEach(
          constant ->
              assertEquals(true, seen.add(constant.toString().toUpperCase(Locale.ROOT)), name));
    }
  }

  @Test
  void everyPatternIsOneOfRe2() {
    List<String> patterns = new ArrayList<>();
    collect(raw, "pattern", patterns);

    assertFalse(patterns.isEmpty());
    assertEquals(List.of(), patterns.stream().filter(BEYOND_RE2.asPredicate()).toList());
  }

  @Test
  void noTwoParametersOfAnOperationAreOneToAGenerator() {
    Set<String> operations = new HashSet<>();
    for (var operation : contract.openApi().operations()) {
      Set<String> seen = new TreeSet<>();
      for (var parameter : operation.getParameters()) {
        String plain = parameter.getName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        assertEquals(true, seen.add(plain), operation.getOperationId() + " " + plain);
      }
      assertEquals(true, operations.add(operation.getOperationId().toLowerCase(Locale.ROOT)));
    }
  }

  private static JsonObject envelope() {
    return schemas.getJsonObject("ResultToSave");
  }

  /** The schemas within a schema, on every level. */
  private static List<JsonObject> parts(JsonObject schema) {
    List<JsonObject> parts = new ArrayList<>();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    names(properties).forEach(name -> parts.add(properties.getJsonObject(name)));
    for (String keyword : List.of("anyOf", "allOf", "oneOf")) {
      schema.getJsonArray(keyword, new JsonArray()).forEach(part -> parts.add((JsonObject) part));
    }
    if (schema.getValue("items") instanceof JsonObject items) {
      parts.add(items);
    }
    parts.removeIf(part -> part.containsKey("$ref"));
    List.copyOf(parts).forEach(part -> parts.addAll(parts(part)));
    return parts;
  }

  private static void collect(Object node, String key, List<String> into) {
    if (node instanceof JsonArray array) {
      array.forEach(element -> collect(element, key, into));
    } else if (node instanceof JsonObject object) {
      for (String name : names(object)) {
        Object value = object.getValue(name);
        if (name.equals(key) && value instanceof String text) {
          into.add(text);
        }
        collect(value, key, into);
      }
    }
  }

  private static List<String> names(JsonObject object) {
    return object.fieldNames().stream().filter(name -> !name.startsWith("__")).toList();
  }
}

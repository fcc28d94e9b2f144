package org.benchmarkresults.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.http.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A validator of one schema of the contract that says what is wrong in words of ours. Made once for
 * each operation: making one for each request costs three times the validation. Thread-safe.
 */
final class Schemas {
  private final Validator validator;
  private final JsonObject schema;
  private final @Nullable FlatSchema flat;

  Schemas(SchemaRepository repository, JsonSchema schema) {
    validator = repository.validator(schema);
    this.schema = resolved(repository, schema);
    flat = FlatSchema.of(this.schema);
  }

  private static JsonObject resolved(SchemaRepository repository, JsonSchema schema) {
    Object reference = schema.get("$ref");
    JsonSchema target =
        reference == null ? null : repository.find(schema.get("__absolute_ref__", "" + reference));
    return new JsonObject(names(target == null ? schema : target));
  }

  private static Map<String, Object> names(JsonSchema schema) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : schema.fieldNames()) {
      Object value = schema.get(name);
      values.put(name, value);
    }
    return values;
  }

  /** The faults of an object's members, each named once; empty when there are none. */
  List<Fault> faultsOf(JsonObject object) {
    if (flat != null && flat.accepts(object)) {
      return List.of();
    }
    OutputUnit verdict = validate(object);
    if (Boolean.TRUE.equals(verdict.getValid())) {
      return List.of();
    }
    Map<String, Fault> faults = new LinkedHashMap<>();
    for (Object name : schema.getJsonArray("required", new JsonArray())) {
      if (!object.containsKey("" + name)) {
        faults.put("/" + name, new Fault("/" + name, "is required"));
      }
    }
    for (OutputUnit error : errors(verdict)) {
      String pointer = pointer(error.getInstanceLocation());
      String sentence = sentence(keyword(error), schemaAt(pointer));
      if (sentence != null && !pointer.isEmpty()) {
        faults.putIfAbsent(pointer, new Fault(pointer, sentence));
      }
    }
    return faults.isEmpty()
        ? List.of(new Fault("", "does not fit its schema"))
        : new ArrayList<>(faults.values());
  }

  /** Lines of loads are judged by workers, and the validator is not known to be thread-safe. */
  private synchronized OutputUnit validate(Object value) {
    return validator.validate(value);
  }

  /** What is wrong with a single value, null when nothing is. */
  @Nullable String faultOf(Object value) {
    OutputUnit verdict = validate(value);
    if (Boolean.TRUE.equals(verdict.getValid())) {
      return null;
    }
    return errors(verdict).stream()
        .map(error -> sentence(keyword(error), schema))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("does not fit its schema");
  }

  private static List<OutputUnit> errors(OutputUnit verdict) {
    return Objects.requireNonNullElse(verdict.getErrors(), List.of());
  }

  private JsonObject schemaAt(String pointer) {
    return pointer.isEmpty()
        ? schema
        : withBranches(
            schema
                .getJsonObject("properties", new JsonObject())
                .getJsonObject(pointer.substring(1), new JsonObject()));
  }

  /** What the branches of a {@code oneOf} ask for, together; their types add up. */
  private static JsonObject withBranches(JsonObject schema) {
    JsonObject merged = schema.copy();
    JsonArray types = new JsonArray();
    for (Object branch : schema.getJsonArray("oneOf", new JsonArray())) {
      JsonObject keywords = (JsonObject) branch;
      types.add(keywords.getString("type"));
      merged.mergeIn(keywords);
    }
    return types.isEmpty() ? merged : merged.put("type", types);
  }

  private static String pointer(@Nullable String location) {
    return location == null ? "" : location.replaceFirst("^#", "");
  }

  private static String keyword(OutputUnit error) {
    String location = Objects.requireNonNullElse(error.getKeywordLocation(), "");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static @Nullable String sentence(String keyword, JsonObject schema) {
    Object limit = schema.getValue(keyword);
    return switch (keyword) {
      case "type" -> "must be " + types(limit);
      case "minLength" -> "must not be empty";
      case "maxLength" -> "must be at most " + limit + " characters";
      case "pattern" -> "must match " + limit;
      case "enum" -> "must be one of " + limit;
      case "minimum" -> "must be at least " + limit;
      case "maximum" -> "must be at most " + limit;
      default -> null;
    };
  }

  private static String types(@Nullable Object types) {
    return types instanceof JsonArray several
        ? String.join(" or ", several.stream().map(String::valueOf).toList())
        : String.valueOf(types);
  }
}

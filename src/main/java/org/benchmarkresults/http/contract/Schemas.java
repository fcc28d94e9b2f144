package org.benchmarkresults.http.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A validator of one schema of the contract that says what is wrong in words of ours. Made once for
 * each operation: making one for each request costs three times the validation. Thread-safe.
 */
public final class Schemas {
  private static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions()
          .setBaseUri("app://contract/")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);

  private final Validator validator;
  private final JsonObject schema;
  private final @Nullable FlatSchema flat;
  private final @Nullable Pattern pattern;

  Schemas(SchemaRepository repository, JsonSchema schema) {
    this.schema = resolved(repository, schema);
    // A validator of the repository keeps a table of the whole contract, 80 KiB each.
    validator =
        this.schema.encode().contains("\"$ref\"")
            ? repository.validator(schema)
            : Validator.create(JsonSchema.of(this.schema.copy()), OPTIONS);
    flat = FlatSchema.of(this.schema);
    pattern = pattern(this.schema);
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
  public List<Fault> faultsOf(JsonObject object) {
    if (flat != null && flat.accepts(object)) {
      return List.of();
    }
    OutputUnit verdict = validate(object);
    Map<String, Fault> faults = new LinkedHashMap<>();
    if (Boolean.TRUE.equals(verdict.getValid())) {
      misfits(object, faults);
      return List.copyOf(faults.values());
    }
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
    misfits(object, faults);
    return faults.isEmpty()
        ? List.of(new Fault("", "does not fit its schema"))
        : new ArrayList<>(faults.values());
  }

  /** The general validator lets a line end stand behind the last character of a pattern. */
  private void misfits(JsonObject object, Map<String, Fault> faults) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : object.fieldNames()) {
      if (properties.getValue(name) instanceof JsonObject member
          && !fits(pattern(member), object.getValue(name))) {
        String sentence = Objects.requireNonNull(sentence("pattern", member));
        faults.putIfAbsent("/" + name, new Fault("/" + name, sentence));
      }
    }
  }

  private static @Nullable Pattern pattern(JsonObject schema) {
    return schema.getValue("pattern") instanceof String text ? FlatSchema.exactly(text) : null;
  }

  private static boolean fits(@Nullable Pattern pattern, @Nullable Object value) {
    return pattern == null || !(value instanceof String text) || pattern.matcher(text).find();
  }

  /** Lines of loads are judged by workers, and the validator is not known to be thread-safe. */
  private synchronized OutputUnit validate(Object value) {
    return validator.validate(value);
  }

  /** What is wrong with a single value, null when nothing is. */
  @Nullable String faultOf(Object value) {
    OutputUnit verdict = validate(value);
    if (Boolean.TRUE.equals(verdict.getValid())) {
      return fits(pattern, value) ? null : sentence("pattern", schema);
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
        : schema
            .getJsonObject("properties", new JsonObject())
            .getJsonObject(pointer.substring(1), new JsonObject());
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
      case "pattern" -> schema.getString("x-pattern-message", "must match " + limit);
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

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
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The contract's schema of one parameter, with faults worded for the sender. Made once for each
 * operation: making one takes three times as long as a validation. Thread-safe.
 */
final class ParameterSchema {
  private static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions()
          .setBaseUri("app://contract/")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);

  private final Validator validator;
  private final JsonObject schema;
  private final @Nullable Pattern pattern;

  ParameterSchema(SchemaRepository repository, JsonSchema schema) {
    this.schema = resolved(repository, schema);
    // A validator of the repository keeps a table of the whole contract, 80 KiB each.
    validator =
        this.schema.encode().contains("\"$ref\"")
            ? repository.validator(schema)
            : Validator.create(JsonSchema.of(this.schema.copy()), OPTIONS);
    pattern = this.schema.getValue("pattern") instanceof String text ? exactly(text) : null;
  }

  private static JsonObject resolved(SchemaRepository repository, JsonSchema schema) {
    Object reference = schema.get("$ref");
    JsonSchema target =
        reference == null ? null : repository.find(schema.get("__absolute_ref__", "" + reference));
    JsonSchema found = target == null ? schema : target;
    JsonObject values = new JsonObject();
    for (String name : found.fieldNames()) {
      values.put(name, found.<Object>get(name));
    }
    return values;
  }

  /** A pattern of JSON Schema, whose {@code $} does not match before a last line end. */
  private static Pattern exactly(String pattern) {
    return Pattern.compile(
        pattern.endsWith("$") && !pattern.endsWith("\\$")
            ? pattern.substring(0, pattern.length() - 1) + "\\z"
            : pattern);
  }

  /** The fault of a value; null for a valid one. */
  @Nullable String faultOf(Object value) {
    OutputUnit verdict = validate(value);
    if (Boolean.TRUE.equals(verdict.getValid())) {
      boolean fits =
          pattern == null || !(value instanceof String text) || pattern.matcher(text).find();
      return fits ? null : sentence("pattern");
    }
    return Objects.requireNonNullElse(verdict.getErrors(), List.<OutputUnit>of()).stream()
        .map(error -> sentence(keyword(error)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("does not fit its schema");
  }

  /** The event loops share one validator, which is not documented to be thread-safe. */
  private synchronized OutputUnit validate(Object value) {
    return validator.validate(value);
  }

  private static String keyword(OutputUnit error) {
    String location = Objects.requireNonNullElse(error.getKeywordLocation(), "");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private @Nullable String sentence(String keyword) {
    Object limit = schema.getValue(keyword);
    return switch (keyword) {
      case "type" ->
          "must be "
              + (limit instanceof JsonArray types
                  ? String.join(" or ", types.stream().map(String::valueOf).toList())
                  : limit);
      case "minLength" -> "must not be empty";
      case "maxLength" -> "must be at most " + limit + " characters";
      case "pattern" -> schema.getString("x-pattern-message", "must match " + limit);
      case "enum" -> "must be one of " + limit;
      case "minimum" -> "must be at least " + limit;
      case "maximum" -> "must be at most " + limit;
      default -> null;
    };
  }
}

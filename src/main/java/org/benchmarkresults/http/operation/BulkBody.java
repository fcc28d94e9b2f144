package org.benchmarkresults.http.operation;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.annotation.Label;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a bulk request, with the faults of all members that were read. The parameters of
 * lists are members of their names.
 */
final class BulkBody {
  static final String ACTION = "action";
  static final String STAGE = "stage";
  static final String DRY_RUN = "dry_run";
  static final String TOKEN = "token";
  static final String PURGE = "purge";
  static final String DELETED = "deleted";

  static final String LABELS = "labels";
  static final String KEYS = "keys";
  static final String REASON = "reason";
  private static final String EXCLUDED = "excluded";
  private static final Set<String> EXCLUDED_VALUES = Set.of("also", "only", "no");

  /** List parameters with one value. */
  private static final List<String> SINGLE =
      List.of("since", "until", "name_prefix", "filter", EXCLUDED);

  /** List parameters with several values. */
  private static final List<String> SEVERAL =
      List.of("benchmark_name", "model_id", "tokenizer_id", "source", "run_id", "task", "metric");

  private static final List<String> OTHERS =
      List.of(ACTION, STAGE, DRY_RUN, TOKEN, PURGE, DELETED, LABELS, KEYS, REASON);

  private static final List<String> MEMBERS =
      Stream.of(OTHERS, SINGLE, SEVERAL).flatMap(List::stream).toList();

  private static final int MOST_VALUES = 50;
  private static final int DEPTH = 32;
  private static final int LONGEST_TEXT = 8 << 10;

  private final JsonObject body;
  private final List<Fault> faults = new ArrayList<>();

  private BulkBody(JsonObject body) {
    this.body = body;
  }

  /**
   * @throws ProblemException 400 when it is no JSON, 422 when it is no object or has other members
   */
  static BulkBody of(Buffer bytes) {
    Object value;
    try {
      value = Json.decodeValue(bytes);
    } catch (DecodeException e) {
      throw new ProblemException(
          Problem.of(400, "broken-json", "Broken JSON", "The body is not valid JSON."));
    }
    if (!(value instanceof Map<?, ?> || value instanceof JsonObject)) {
      throw new ProblemException(
          Problem.invalidMembers(List.of(new Fault("", "must be a JSON object"))));
    }
    JsonObject object = bytes.toJsonObject();
    BulkBody body = new BulkBody(object);
    body.faults.addAll(EnvelopeReader.parse(ByteBuffer.wrap(bytes.getBytes()), DEPTH).faults());
    for (String name : object.fieldNames()) {
      if (!MEMBERS.contains(name)) {
        body.fault(
            escaped(name),
            "is no member of a bulk request; there are "
                + String.join(", ", MEMBERS)
                + ". A result is selected by its name with filter: pk==NAME");
      }
    }
    return body;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  void fault(String member, String detail) {
    faults.add(new Fault("/" + member, detail));
  }

  /**
   * @throws ProblemException 422 with all faults so far
   */
  void requireNoFaults() {
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidMembers(faults));
    }
  }

  boolean has(String member) {
    return body.getValue(member) != null;
  }

  /** False when the member is missing. */
  boolean flag(String member) {
    Object value = body.getValue(member);
    if (value != null && !(value instanceof Boolean)) {
      fault(member, "must be true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  Optional<String> text(String member) {
    Object value = body.getValue(member);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isEmpty() && text.length() <= LONGEST_TEXT) {
      return Optional.of(text);
    }
    fault(member, "must be a text of 1 to " + LONGEST_TEXT + " characters");
    return Optional.empty();
  }

  /** The texts of a list, or one text. */
  List<String> texts(String member) {
    Object value = body.getValue(member);
    if (value == null) {
      return List.of();
    }
    List<?> values = value instanceof JsonArray array ? array.getList() : List.of(value);
    if (values.size() > MOST_VALUES
        || !values.stream().allMatch(one -> one instanceof String text && !text.isEmpty())) {
      fault(member, "must be a list of up to " + MOST_VALUES + " texts that are not empty");
      return List.of();
    }
    return values.stream().map(String.class::cast).toList();
  }

  /** The labels to set, by their keys. */
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    Object value = body.getValue(LABELS);
    if (value == null) {
      return labels;
    }
    if (!(value instanceof JsonObject object) || object.size() > Label.MOST) {
      fault(LABELS, "must be an object with up to " + Label.MOST + " labels");
      return labels;
    }
    for (Map.Entry<String, Object> label : object) {
      String at = LABELS + "/" + escaped(label.getKey());
      if (!Label.isKey(label.getKey())) {
        fault(
            at,
            "a key has 1 to "
                + Label.LONGEST_KEY
                + " letters, digits, dots, underscores and hyphens, and begins with a letter or"
                + " digit");
      } else if (label.getValue() instanceof String text && Label.isValue(text)) {
        labels.put(label.getKey(), text);
      } else {
        fault(
            at,
            "must be a text of at most "
                + Label.LONGEST_VALUE
                + " characters without control characters; the action unlabel removes a label");
      }
    }
    return labels;
  }

  /** Whether any member selects results. */
  boolean selects() {
    return has(STAGE)
        || has(DELETED)
        || SINGLE.stream().anyMatch(this::has)
        || SEVERAL.stream().anyMatch(this::has);
  }

  /** The parameters of a list. */
  MultiMap parameters() {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
    SINGLE.forEach(name -> text(name).ifPresent(value -> parameters.add(name, value)));
    if (parameters.contains(EXCLUDED) && !EXCLUDED_VALUES.contains(parameters.get(EXCLUDED))) {
      fault(EXCLUDED, "selects results and must be also, only or no");
    }
    SEVERAL.forEach(name -> parameters.add(name, texts(name)));
    return parameters;
  }

  /**
   * The parameters as JSON in one form, whatever their order.
   *
   * @param stage null when it is not given
   */
  static String text(@Nullable String stage, boolean deleted, MultiMap parameters) {
    JsonObject json = new JsonObject().put(STAGE, stage);
    if (deleted) {
      json.put(DELETED, true);
    }
    for (String name : new TreeSet<>(parameters.names())) {
      List<String> values = parameters.getAll(name);
      json.put(
          name,
          SEVERAL.contains(name)
              ? new JsonArray(values.stream().sorted().toList())
              : values.get(0));
    }
    return json.encode();
  }
}

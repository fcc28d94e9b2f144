package org.benchmarkresults.service.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a careful person takes out of one file; compares observations of the service
 * with them.
 *
 * @param answer as its file has it
 */
record OracleAnswer(JsonNode answer) {
  /** Formats of files that hold no measurements, whose tool need not be told. */
  private static final Set<String> WITHOUT_MEASUREMENTS =
      Set.of(
          "samples",
          "samples-old",
          "individual",
          "records",
          "instances",
          "reviews-or-predictions",
          "predictions",
          "run_spec",
          "scenario",
          "scenario_state",
          "per_instance_stats",
          "model_meta",
          "timeslices",
          "server-metrics");

  String file() {
    return answer.get("file").asText();
  }

  String tool() {
    return answer.get("tool").asText("none");
  }

  int observations() {
    return answer.get("observations").size();
  }

  /**
   * The faults of the service's response.
   *
   * @param derived the response of {@code POST /observations/preview}
   */
  List<String> faults(JsonNode derived) {
    List<String> faults = new ArrayList<>();
    if (observations() == 0 && WITHOUT_MEASUREMENTS.contains(answer.get("format").asText())) {
      for (JsonNode extra : derived.get("observations")) {
        faults.add("not a measurement: " + pointer(extra));
      }
      return faults;
    }
    if (!texts(answer.get("tool"), answer.path("tool_also")).contains(text(derived.get("tool")))) {
      faults.add("tool " + derived.get("tool") + " is not " + answer.get("tool"));
    }
    Map<String, List<JsonNode>> byPlace = byPlace(derived);
    Set<JsonNode> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (JsonNode expected : answer.get("observations")) {
      List<String> places = places(expected);
      List<JsonNode> candidates =
          places.stream()
              .flatMap(place -> byPlace.getOrDefault(place, List.of()).stream())
              .filter(one -> !used.contains(one))
              .toList();
      if (candidates.isEmpty()) {
        faults.add("missing: " + places.get(0));
      } else {
        used.addAll(candidates);
        faults.addAll(differences(expected, candidates.get(0)));
      }
    }
    faults.addAll(extras(derived, used));
    faults.addAll(silent(derived));
    return faults;
  }

  private static Map<String, List<JsonNode>> byPlace(JsonNode derived) {
    Map<String, List<JsonNode>> byPlace = new HashMap<>();
    for (JsonNode one : derived.get("observations")) {
      byPlace
          .computeIfAbsent(pointer(one) + " " + one.get("text").asText(), p -> new ArrayList<>())
          .add(one);
    }
    return byPlace;
  }

  /** Pointer and text; the line comes first where the file has several. */
  private static List<String> places(JsonNode expected) {
    List<String> places = new ArrayList<>();
    for (String pointer : texts(expected.get("pointer"), expected.path("also"))) {
      String value = " " + expected.get("value").asText();
      int line = expected.path("line").asInt(0);
      if (line > 0) {
        places.add("/" + line + pointer + value);
      }
      if (line <= 1) {
        places.add(pointer + value);
      }
    }
    return places;
  }

  private List<String> differences(JsonNode expected, JsonNode derived) {
    Map<String, Boolean> checks = new LinkedHashMap<>();
    Set<@Nullable String> tasks = texts(expected.get("task"), expected.path("task_also"));
    checks.put("task", expected.get("task").isNull() || tasks.contains(text(derived.get("task"))));
    checks.put(
        "higher_is_better",
        Objects.equals(
            text(expected.get("higher_is_better")), text(derived.get("higher_is_better"))));
    checks.put("stderr", isNumber(derived.get("stderr"), expected, "stderr"));
    checks.put("n", isNumber(derived.get("n"), expected, "n"));
    checks.put(
        "text_unit", Objects.equals(unit(expected.get("unit")), unit(derived.get("text_unit"))));
    String model = model(expected);
    checks.put(
        "model",
        model == null
            || model.equals(text(derived.get("model")))
            || texts(MissingNode.getInstance(), answer.path("model_also"))
                .contains(text(derived.get("model"))));
    return checks.entrySet().stream()
        .filter(check -> !check.getValue())
        .map(check -> check.getKey() + " of " + pointer(derived) + ": " + derived)
        .toList();
  }

  private @Nullable String model(JsonNode expected) {
    if (expected.hasNonNull("model")) {
      return expected.get("model").asText();
    }
    JsonNode ofRun = answer.path("runs").path(expected.path("run").asText()).path("model");
    return ofRun.isTextual() ? ofRun.asText() : text(answer.get("model"));
  }

  private static boolean isNumber(JsonNode derived, JsonNode expected, String member) {
    List<@Nullable String> allowed =
        new ArrayList<>(texts(expected.get(member), expected.path(member + "_also")));
    if (derived == null || derived.isNull()) {
      return allowed.contains(null);
    }
    double number = derived.asDouble();
    return allowed.stream()
        .filter(Objects::nonNull)
        .mapToDouble(Double::parseDouble)
        .anyMatch(one -> Math.abs(one - number) <= 1e-12 * Math.abs(number));
  }

  /** Units are compared in words: tools write req/s and requests/sec. */
  private static @Nullable String unit(@Nullable JsonNode unit) {
    String text = text(unit);
    return text == null
        ? null
        : text.replaceAll("requests?", "req")
            .replaceAll("tokens?", "tok")
            .replace("/second", "/s")
            .replace("/sec", "/s")
            .replace("/user", "")
            .replace("/gpu", "");
  }

  private List<String> extras(JsonNode derived, Set<JsonNode> used) {
    List<Pattern> allowed = new ArrayList<>();
    answer.get("allowed").forEach(pattern -> allowed.add(Pattern.compile(pattern.asText())));
    List<String> extras = new ArrayList<>();
    for (JsonNode one : derived.get("observations")) {
      String pointer = pointer(one);
      String inLine = pointer.replaceFirst("^/\\d+", "");
      if (!used.contains(one)
          && allowed.stream()
              .noneMatch(p -> p.matcher(pointer).find() || p.matcher(inLine).find())) {
        extras.add("not a measurement: " + pointer);
      }
    }
    return extras;
  }

  /** Values that stand in place of a number must be listed as not understood. */
  private List<String> silent(JsonNode derived) {
    Set<String> told = new HashSet<>();
    derived.get("not_understood").forEach(one -> told.add(pointer(one)));
    return StreamSupport.stream(answer.get("no_value").spliterator(), false)
        .map(OracleAnswer::pointer)
        .filter(pointer -> !told.contains(pointer))
        .map(pointer -> "not told: " + pointer)
        .toList();
  }

  private static String pointer(JsonNode one) {
    return one.get("pointer").asText();
  }

  private static Set<@Nullable String> texts(JsonNode one, JsonNode others) {
    Set<@Nullable String> texts = new LinkedHashSet<>();
    if (!one.isMissingNode()) {
      texts.add(text(one));
    }
    others.forEach(other -> texts.add(text(other)));
    return texts;
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null || node.isNull() || node.isMissingNode() ? null : node.asText();
  }
}

package org.benchmarkresults.http.body;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.model.text.Blank;
import org.jspecify.annotations.Nullable;

/**
 * Checks the members of an envelope: {@code ResultToSave} of openapi.yaml as code, because a
 * general validator takes 30 µs. EnvelopeCheckTest holds the two together.
 */
public final class EnvelopeCheck {
  /**
   * A member that is a string.
   *
   * @param isRequired whether it must be there and not be null, empty or blank
   * @param longest length in code points
   * @param isKey whether it is part of the result's name and so has no control character
   */
  private record Text(String name, boolean isRequired, int longest, boolean isKey) {}

  private static final List<Text> TEXTS =
      List.of(
          new Text("benchmark_name", true, 512, true),
          new Text("timestamp", true, 128, true),
          new Text("run_id", false, 512, true),
          new Text("model_id", false, 4096, false),
          new Text("tokenizer_id", false, 4096, false),
          new Text("source", false, 4096, false));

  private static final String DATA = "data";

  private EnvelopeCheck() {}

  /** The faults of an envelope, at most one for each member. */
  public static List<Fault> faults(JsonObject envelope) {
    List<Fault> faults = new ArrayList<>(0);
    for (Text member : TEXTS) {
      String fault = fault(member, envelope);
      if (fault != null) {
        faults.add(new Fault("/" + member.name, fault));
      }
    }
    if (!envelope.containsKey(DATA)) {
      faults.add(new Fault("/" + DATA, "is required"));
    }
    return faults;
  }

  private static @Nullable String fault(Text member, JsonObject envelope) {
    Object value = envelope.getValue(member.name);
    if (value == null && !member.isRequired) {
      return null;
    }
    if (value == null && !envelope.containsKey(member.name)) {
      return "is required";
    }
    return value instanceof String text
        ? fault(member, text)
        : member.isRequired ? "must be string" : "must be string or null";
  }

  private static @Nullable String fault(Text member, String text) {
    if (member.isRequired && text.isEmpty()) {
      return "must not be empty";
    }
    if (member.isKey && text.chars().anyMatch(EnvelopeCheck::isControl)) {
      return "must not contain control characters";
    }
    if (text.length() > member.longest && text.codePointCount(0, text.length()) > member.longest) {
      return "must be at most " + member.longest + " characters";
    }
    return member.isRequired && Blank.is(text) ? "must not consist of blanks alone" : null;
  }

  private static boolean isControl(int unit) {
    return unit <= 0x1f || unit == 0x7f;
  }
}

package org.benchmarkresults.http.alias;

import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.text.Blank;
import org.jspecify.annotations.Nullable;

/** The body of a request that sets aliases: {@code {"aliases": ["…", …]}}. */
final class AliasBody {
  /** With the model itself, no more values than an index takes in one condition. */
  static final int MOST_ALIASES = 49;

  static final int LONGEST = 1_024;
  private static final String MEMBER = "aliases";
  private static final String POINTER = "/" + MEMBER;
  private static final int DEEPEST = 8;
  private static final int MOST_FAULTS = 20;

  private AliasBody() {}

  /**
   * The aliases of a model.
   *
   * @throws ProblemException 400 when the body is no JSON, 422 when it is no list of aliases
   */
  static List<String> read(ByteBuffer body, String modelId) {
    Parsed parsed = EnvelopeReader.parse(body, DEEPEST);
    List<Fault> faults = new ArrayList<>(parsed.faults());
    String unfit = fault(modelId, null);
    if (unfit != null) {
      faults.add(new Fault("", "the model in the path " + unfit));
    }
    parsed.head().fieldNames().forEach(name -> faults.add(unknown(name)));
    RawJson list = null;
    for (ExtraField field : parsed.extra()) {
      if (field.name().equals(MEMBER)) {
        list = field.value();
      } else if (faults.size() < MOST_FAULTS) {
        faults.add(unknown(field.name()));
      }
    }
    List<String> aliases = list == null ? missing(parsed, faults) : aliases(list, modelId, faults);
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidMembers(faults));
    }
    return aliases;
  }

  private static Fault unknown(String name) {
    String escaped = name.replace("~", "~0").replace("/", "~1");
    return new Fault("/" + escaped, "is not a member of this body, which has aliases alone");
  }

  private static List<String> missing(Parsed parsed, List<Fault> faults) {
    if (parsed.isObject()) {
      faults.add(new Fault(POINTER, "is required"));
    }
    return List.of();
  }

  private static List<String> aliases(RawJson list, String modelId, List<Fault> faults) {
    if (!list.text().startsWith("[") || list.nonFinite() > 0) {
      faults.add(new Fault(POINTER, "must be an array of texts"));
      return List.of();
    }
    JsonArray values = new JsonArray(list.text());
    if (values.isEmpty()) {
      faults.add(new Fault(POINTER, "must not be empty; DELETE removes the aliases of a model"));
    } else if (values.size() > MOST_ALIASES) {
      faults.add(new Fault(POINTER, "must have at most " + MOST_ALIASES + " aliases"));
      return List.of();
    }
    List<String> aliases = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < values.size() && faults.size() < MOST_FAULTS; i++) {
      Object value = values.getValue(i);
      String fault = value instanceof String text ? fault(text, modelId) : "must be a text";
      if (fault == null) {
        Integer first = seen.putIfAbsent((String) value, i);
        fault = first == null ? null : "is the same as " + POINTER + "/" + first;
      }
      if (fault == null) {
        aliases.add((String) value);
      } else {
        faults.add(new Fault(POINTER + "/" + i, fault));
      }
    }
    return aliases;
  }

  private static @Nullable String fault(String alias, @Nullable String modelId) {
    if (alias.codePointCount(0, alias.length()) > LONGEST) {
      return "must be at most " + LONGEST + " characters";
    }
    if (Blank.is(alias)) {
      return "must not be empty or consist of blanks alone";
    }
    if (alias.codePoints().anyMatch(AliasBody::isUnstorable)) {
      return "must not contain control characters or unpaired surrogates";
    }
    return alias.equals(modelId) ? "is the model itself" : null;
  }

  private static boolean isUnstorable(int point) {
    return point <= 0x1f
        || point == 0x7f
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}

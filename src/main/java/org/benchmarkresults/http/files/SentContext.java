package org.benchmarkresults.http.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/** Makes the member {@code context} of an envelope of the parameters {@code context.NAME}. */
public final class SentContext {
  static final String MEMBER = "context";

  private static final String PREFIX = MEMBER + ".";
  private static final int DEEPEST = 8;
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A number keeps its digits; a longer one is a text. */
  private static final Pattern NUMBER =
      Pattern.compile("(?=.{1,64}$)-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private SentContext() {}

  /**
   * The context as a JSON object, its members in the order of their names so that the same
   * parameters always give the same bytes; null without parameters.
   *
   * @throws ProblemException 400 when a name cannot be nested
   */
  public static @Nullable RawJson of(MultiMap parameters) {
    Map<String, Object> root = new TreeMap<>();
    for (String name : parameters.names()) {
      if (name.startsWith(PREFIX)) {
        put(root, name, String.valueOf(parameters.get(name)));
      }
    }
    return root.isEmpty() ? null : RawJson.of(text(root));
  }

  private static void put(Map<String, Object> root, String parameter, String value) {
    String[] names = parameter.substring(PREFIX.length()).split("\\.", -1);
    if (names.length > DEEPEST) {
      throw refused(parameter, "is nested deeper than " + DEEPEST + " levels");
    }
    if (List.of(names).contains("")) {
      throw refused(parameter, "has an empty name between its dots");
    }
    Map<String, Object> at = root;
    for (int i = 0; i < names.length - 1; i++) {
      Object below = at.computeIfAbsent(names[i], name -> new TreeMap<String, Object>());
      at = object(below, parameter);
    }
    if (at.putIfAbsent(names[names.length - 1], value) != null) {
      throw refused(parameter, "is a value and has members too");
    }
  }

  @SuppressWarnings("unchecked") // Only put adds maps.
  private static Map<String, Object> object(Object node, String parameter) {
    if (node instanceof Map) {
      return (Map<String, Object>) node;
    }
    throw refused(parameter, "is within a parameter that has a value");
  }

  private static ProblemException refused(String parameter, String fault) {
    return new ProblemException(
        Problem.invalidParameters(List.of(Fault.ofParameter(parameter, fault))));
  }

  private static String text(Map<String, Object> root) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(root, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toString();
  }

  private static void write(Object node, JsonGenerator json) throws IOException {
    if (node instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (var member : map.entrySet()) {
        json.writeFieldName(String.valueOf(member.getKey()));
        write(member.getValue(), json);
      }
      json.writeEndObject();
    } else if (NUMBER.matcher(node.toString()).matches()) {
      json.writeNumber(node.toString());
    } else {
      json.writeString(node.toString());
    }
  }
}

package org.benchmarkresults.http.sent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.AnnotationPatch.LabelChange;
import org.benchmarkresults.model.annotation.AnnotationPatch.Replacement;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.text.Blank;
import org.jspecify.annotations.Nullable;

/** Reads annotations out of JSON: of a merge patch (RFC 7396) and of results that are sent. */
public final class AnnotationReader {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String LABELS = "labels";
  private static final String NOTE = "note";
  private static final String EXCLUDED = "excluded";
  private static final String REASON = "reason";

  private final List<Fault> faults = new ArrayList<>();
  private final List<LabelChange> labels = new ArrayList<>();
  private boolean withoutOtherLabels;
  private @Nullable Replacement note;
  private @Nullable Replacement excluded;

  private AnnotationReader() {}

  /**
   * The patch in the members of a body.
   *
   * @throws ProblemException 422 when a member is unknown or has no such value
   */
  public static AnnotationPatch patch(List<ExtraField> members) {
    AnnotationReader reader = new AnnotationReader();
    for (ExtraField member : members) {
      reader.member("/" + member.name(), member.name(), member.value());
    }
    return reader.patch();
  }

  /**
   * The labels within a member {@code context} of an envelope; null when there are none.
   *
   * @throws ProblemException 422 when they cannot be labels
   */
  public static @Nullable AnnotationPatch ofContext(RawJson context) {
    AnnotationReader reader = new AnnotationReader();
    try (JsonParser json = FACTORY.createParser(context.text())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isLabels = json.currentName().equals(LABELS);
        if (json.nextToken() != JsonToken.VALUE_NULL && isLabels) {
          reader.labels("/context/" + LABELS, json);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // Literals such as NaN, which a context may hold, are no strict JSON.
      return null;
    }
    AnnotationPatch patch = reader.patch();
    return patch.isEmpty() ? null : patch;
  }

  /** The annotations in a member of an exported line; null when it holds something else. */
  public static @Nullable AnnotationPatch ofExport(RawJson annotations) {
    AnnotationReader reader = new AnnotationReader();
    try (JsonParser json = FACTORY.createParser(annotations.text())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        reader.member("/" + name, name, json);
      }
    } catch (IOException e) {
      return null;
    }
    return reader.faults.isEmpty() ? reader.patch() : null;
  }

  private AnnotationPatch patch() {
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidMembers(faults));
    }
    return new AnnotationPatch(withoutOtherLabels, labels, note, excluded);
  }

  private void member(String pointer, String name, RawJson value) {
    try (JsonParser json = FACTORY.createParser(value.text())) {
      json.nextToken();
      member(pointer, name, json);
    } catch (IOException e) {
      if (value.nonFinite() == 0) {
        throw new UncheckedIOException("the value was parsed before", e);
      }
      fault(pointer, "must not hold " + value.text());
    }
  }

  private void member(String pointer, String name, JsonParser json) throws IOException {
    switch (name) {
      case LABELS -> labels(pointer, json);
      case NOTE -> note = text(pointer, json, Annotations.LONGEST_NOTE, true);
      case EXCLUDED -> excluded(pointer, json);
      default -> {
        json.skipChildren();
        fault(pointer, "is none of labels, note and excluded, which can be changed");
      }
    }
  }

  private void labels(String pointer, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      withoutOtherLabels = true;
      return;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      fault(pointer, "must be an object of keys and values, or null to remove all labels");
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      String value = value(json);
      String at = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
      if (!Label.isKey(key)) {
        fault(
            at,
            "a key has 1 to "
                + Label.LONGEST_KEY
                + " letters, digits, dots, underscores and hyphens, and begins with a letter or"
                + " digit");
      } else if (labels.stream().anyMatch(label -> label.key().equals(key))) {
        json.skipChildren();
        fault(at, "must not occur twice");
      } else if (json.currentToken().isStructStart()) {
        json.skipChildren();
        fault(at, "must be a text, or null to remove the label");
      } else if (value != null && !Label.isValue(value)) {
        fault(
            at,
            "must be at most " + Label.LONGEST_VALUE + " characters without control characters");
      } else {
        labels.add(new LabelChange(key, value));
      }
    }
    if (labels.size() > Label.MOST) {
      fault(pointer, "must not be more than " + Label.MOST + " labels");
    }
  }

  /** A number or a truth value is the text that it is written as; null for null. */
  private static @Nullable String value(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    return token == JsonToken.VALUE_NULL || token.isStructStart() ? null : json.getText();
  }

  private void excluded(String pointer, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      excluded = new Replacement(null);
      return;
    }
    String advice = "must be {\"reason\": \"…\"}, or null to include the result again";
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      fault(pointer, advice);
      return;
    }
    Replacement reason = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(REASON)) {
        reason = text(pointer + "/" + REASON, json, Annotations.LONGEST_REASON, false);
      } else {
        json.skipChildren();
        fault(pointer, advice);
      }
    }
    if (reason == null && faults.isEmpty()) {
      fault(pointer, advice);
    }
    excluded = reason;
  }

  /**
   * A text.
   *
   * @param removable whether null or a blank text removes what is there
   */
  private @Nullable Replacement text(
      String pointer, JsonParser json, int longest, boolean removable) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL && removable) {
      return new Replacement(null);
    }
    if (token != JsonToken.VALUE_STRING) {
      json.skipChildren();
      fault(pointer, "must be a text");
      return null;
    }
    String text = json.getText();
    if (text.length() > longest) {
      fault(pointer, "must be at most " + longest + " characters");
      return null;
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text) || text.indexOf('\0') >= 0) {
      fault(pointer, "contains an unpaired surrogate or NUL");
      return null;
    }
    if (Blank.is(text)) {
      if (!removable) {
        fault(pointer, "must not be blank");
        return null;
      }
      return new Replacement(null);
    }
    return new Replacement(text);
  }

  private void fault(String pointer, String detail) {
    faults.add(new Fault(pointer, detail));
  }
}

package org.benchmarkresults.standardize.outline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineOutcome.Value;
import org.benchmarkresults.standardize.json.JsonPointer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the children of one value in one streaming pass. Of members with one name the last counts,
 * as it does for observations.
 */
public final class OutlineReader {
  /** Texts of one page; names may be as long as the data. */
  private static final int MOST_TEXT = 1 << 20;

  private static final JsonFactory NAMES = new JsonFactory();

  private final JsonBytes json;
  private final List<String> segments;
  private final int from;
  private final int limit;
  private int resolved;
  private String resolvedKind = "";
  private @Nullable Value value;
  private List<Value> children = List.of();

  private OutlineReader(InputStream data, List<String> segments, int from, int limit) {
    json = new JsonBytes(data);
    this.segments = segments;
    this.from = from;
    this.limit = limit;
  }

  /**
   * The value at a pointer with some of its children.
   *
   * @param data valid JSON
   * @param pointer JSON pointer (RFC 6901)
   * @param from index of the first child
   * @param version of the result, for the outcome
   */
  public static OutlineOutcome read(
      InputStream data, String pointer, int from, int limit, int version) throws IOException {
    OutlineReader reader = new OutlineReader(data, segments(pointer), from, limit);
    reader.read(0);
    Value value = reader.value;
    if (value == null) {
      String longest = JsonPointer.of(reader.segments.subList(0, reader.resolved));
      return new OutlineOutcome.NoValue(longest, reader.resolvedKind);
    }
    boolean mayBeMore =
        !reader.children.isEmpty() && reader.children.getLast().index() + 1 < value.members();
    return new OutlineOutcome.Found(version, value, reader.children, mayBeMore);
  }

  private static List<String> segments(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : pointer.substring(1).split("/", -1)) {
      segments.add(segment.replace("~1", "/").replace("~0", "~"));
    }
    return segments;
  }

  /** Reads the value that the first segments lead to. */
  private void read(int level) throws IOException {
    int first = json.peek();
    value = null;
    resolved = level;
    resolvedKind = JsonBytes.kind(first);
    if (level == segments.size()) {
      readValue(first);
    } else if (first == '{' || first == '[') {
      descend(level, first);
    } else {
      JsonBytes.Passed unused = json.pass();
    }
  }

  private void descend(int level, int first) throws IOException {
    String wanted = segments.get(level);
    byte unused = json.next();
    for (int index = 0; begins(index); index++) {
      boolean isWanted =
          first == '{' ? name().equals(wanted) : wanted.equals(Integer.toString(index));
      if (isWanted) {
        read(level + 1);
      } else {
        JsonBytes.Passed unusedValue = json.pass();
      }
    }
  }

  /** Takes what stands before a child; false at the end of the container, which is taken too. */
  private boolean begins(int index) throws IOException {
    int unit = json.peek();
    boolean isEnd = unit == '}' || unit == ']';
    if (isEnd || index > 0) {
      byte unused = json.next();
    }
    return !isEnd;
  }

  /** Takes the name of a member, with the colon. */
  private String name() throws IOException {
    int unusedQuote = json.peek();
    JsonBytes.Capture name = json.capture(Integer.MAX_VALUE, true);
    json.passString();
    json.endCapture(true);
    takeColon();
    return decoded(name.bytes());
  }

  private void takeColon() throws IOException {
    int unusedColon = json.peek();
    byte unused = json.next();
  }

  private static String decoded(byte[] quoted) throws IOException {
    for (byte unit : quoted) {
      if (unit == '\\') {
        try (JsonParser parser = NAMES.createParser(quoted)) {
          return Objects.requireNonNull(parser.nextTextValue());
        }
      }
    }
    return new String(quoted, 1, quoted.length - 2, StandardCharsets.UTF_8);
  }

  private void readValue(int first) throws IOException {
    long start = json.offset();
    JsonBytes.Capture text = json.capture(Preview.CAPTURED_BYTES, false);
    int members = 0;
    if (first == '{' || first == '[') {
      members = readChildren(first == '{');
    } else {
      JsonBytes.Passed unused = json.pass();
    }
    json.endCapture(false);
    Preview preview = Preview.of(text);
    value =
        new Value(
            segments.isEmpty() ? null : segments.getLast(),
            0,
            JsonPointer.of(segments),
            JsonBytes.kind(first),
            json.offset() - start,
            members,
            preview.text(),
            preview.isCut());
  }

  /** Succeeds with the number of all children. */
  private int readChildren(boolean isObject) throws IOException {
    List<Value> page = new ArrayList<>();
    String parent = JsonPointer.of(segments);
    long texts = 0;
    byte unused = json.next();
    int index = 0;
    while (begins(index)) {
      if (index < from || page.size() == limit || texts > MOST_TEXT) {
        skipChild(isObject);
      } else {
        Value child = child(isObject ? name() : null, index, parent);
        texts += child.pointer().length() + child.preview().length();
        page.add(child);
      }
      index++;
    }
    children = page;
    return index;
  }

  private void skipChild(boolean isObject) throws IOException {
    if (isObject) {
      int unusedQuote = json.peek();
      json.passString();
      takeColon();
    }
    JsonBytes.Passed unused = json.pass();
  }

  private Value child(@Nullable String name, int index, String parent) throws IOException {
    String segment = name == null ? Integer.toString(index) : name;
    int unusedFirst = json.peek();
    JsonBytes.Capture text = json.capture(Preview.CAPTURED_BYTES, true);
    JsonBytes.Passed passed = json.pass();
    json.endCapture(true);
    Preview preview = Preview.of(text);
    return new Value(
        name,
        index,
        parent + JsonPointer.of(List.of(segment)),
        passed.kind(),
        passed.bytes(),
        passed.members(),
        preview.text(),
        preview.isCut());
  }
}

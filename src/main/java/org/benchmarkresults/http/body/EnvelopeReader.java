package org.benchmarkresults.http.body;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.http.json.OneLine;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a POSTed body into its envelope and its data in one streaming pass over the bytes. The data
 * is checked as it goes by and stays the bytes that were received.
 *
 * <p>Data sent as a string whose text is a JSON object or array is that object or array, as in the
 * service this one replaces: its text is then written over the string in the body.
 */
public final class EnvelopeReader {
  /**
   * What was cut.
   *
   * @param isObject whether the body was an object at all; if not, the rest is empty
   * @param head the named members for the schema to judge; {@code data} stands in it as true
   * @param extra members that the contract does not name, as sent
   * @param data null when the member is missing
   * @param digest of the data; null when it is missing
   * @param faults what no schema can say
   */
  public record Cut(
      boolean isObject,
      JsonObject head,
      List<ExtraField> extra,
      @Nullable RawJson data,
      @Nullable Digest digest,
      List<Problem.Fault> faults) {}

  /**
   * Stands for a text of more bytes than this one, which is left unread: a character takes 12 bytes
   * at most, as two escapes, so both are longer than the 4,096 characters that a member may have.
   */
  private static final String TOO_LONG = "x".repeat(64 << 10);

  private static final Set<String> NAMED =
      Set.of("run_id", "benchmark_name", "timestamp", "model_id", "tokenizer_id", "source", "data");

  /** Together they stand in the result's document and in every row of a list. */
  private static final int MOST_EXTRA_BYTES = 256 << 10;

  /** A sender who has so many wrong will read no more. */
  private static final int MOST_FAULTS = 20;

  /** How deep a string is looked into to tell whether it is JSON at all; a level costs 40 bytes. */
  private static final int DEEPEST_LOOK = 100_000;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final int depthLimit;
  private final JsonObject head = new JsonObject();
  private final List<ExtraField> extra = new ArrayList<>();
  private final List<Problem.Fault> faults = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private @Nullable RawJson data;
  private boolean isObject;
  private int extraBytes;

  private EnvelopeReader(byte[] bytes, int start, int end, int depthLimit) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.depthLimit = depthLimit;
  }

  /**
   * Cuts the body, a heap buffer from position 0, which it may write into.
   *
   * @throws ProblemException 400 when it is no JSON in UTF-8 or nested too deep
   */
  public static Cut cut(ByteBuffer body, int depthLimit) {
    byte[] bytes = body.array();
    int length = body.arrayOffset() + body.limit();
    int start = startsWithByteOrderMark(bytes, length) ? 3 : 0;
    refuseOtherEncodings(bytes, start, length);
    JsonText.requireUtf8(bytes, start, length - start);
    TokenLimits.refuse(bytes, start, length);
    try {
      return new EnvelopeReader(bytes, start, length, depthLimit).cut();
    } catch (JsonParseException e) {
      throw JsonText.broken(e, bytes, start, length);
    } catch (JsonText.TooDeepException e) {
      throw new ProblemException(Problem.tooDeep(depthLimit));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  private static boolean startsWithByteOrderMark(byte[] bytes, int length) {
    return length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private static void refuseOtherEncodings(byte[] bytes, int start, int length) {
    if (length == start) {
      throw new ProblemException(Problem.brokenJson(start, "the body is empty"));
    }
    boolean zero = bytes[start] == 0 || (length > start + 1 && bytes[start + 1] == 0);
    boolean mark = bytes[start] == (byte) 0xfe || bytes[start] == (byte) 0xff;
    if (zero || mark) {
      throw new ProblemException(
          Problem.brokenJson(start, "the body must be UTF-8 and looks like UTF-16 or UTF-32"));
    }
  }

  private Cut cut() throws IOException {
    try (JsonParser parser = JsonText.parser(bytes, start, end)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ProblemException(Problem.brokenJson(end, "the body holds no JSON"));
      }
      isObject = first == JsonToken.START_OBJECT;
      if (isObject) {
        members(parser);
      } else {
        var unused = JsonText.skipValue(parser, depthLimit);
        fault("", "must be a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new ProblemException(
            Problem.brokenJson(tokenStart(parser), "there is more after the end of the JSON"));
      }
    }
    RawJson cutData = data == null ? null : unwrapped(data);
    return new Cut(
        isObject,
        head,
        extra,
        cutData,
        cutData == null ? null : Digest.of(cutData.bytes()),
        faults);
  }

  private void members(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text(parser.currentName(), parser);
      parser.nextToken();
      if (!seen.add(name)) {
        fault(pointer(name), "is there twice");
      }
      if (name.equals("data")) {
        data = value(parser);
        head.put(name, true);
      } else if (NAMED.contains(name)) {
        named(name, parser);
      } else {
        further(name, value(parser));
      }
    }
  }

  private void named(String name, JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING -> {
        int from = tokenStart(parser);
        boolean isTooLong = JsonText.stringEnd(bytes, from, end) - from > TOO_LONG.length();
        String text = isTooLong ? TOO_LONG : text(parser.getText(), parser);
        if (JsonText.hasLoneSurrogate(text)) {
          fault(pointer(name), "holds half a surrogate pair");
        }
        head.put(name, text);
      }
      case VALUE_NULL -> head.putNull(name);
      case VALUE_TRUE, VALUE_FALSE -> head.put(name, true);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, parser);
      case START_OBJECT -> {
        var unused = JsonText.skipValue(parser, depthLimit - 1);
        head.put(name, new JsonObject());
      }
      default -> {
        var unused = JsonText.skipValue(parser, depthLimit - 1);
        head.put(name, new JsonArray());
      }
    }
  }

  /** The schema sees a number; its text as sent is what is kept. */
  private void number(String name, JsonParser parser) throws IOException {
    boolean nonFinite = JsonText.skipValue(parser, depthLimit).nonFinite() > 0;
    String text = parser.getText();
    if (nonFinite) {
      fault(pointer(name), "is " + text + ", which is accepted inside data only");
    } else if (name.equals("timestamp") && text.length() > 128) {
      fault(pointer(name), "must be at most 128 characters");
    }
    head.put(name, new NumberToken(text));
  }

  private void further(String name, RawJson value) {
    extraBytes += name.length() + value.size();
    if (JsonText.hasLoneSurrogate(name)) {
      fault("", "the name of a member holds half a surrogate pair");
    }
    if (extraBytes > MOST_EXTRA_BYTES) {
      // At once: millions of names are not to be remembered before they are refused.
      throw new ProblemException(
          Problem.invalidMembers(
              List.of(
                  new Problem.Fault(
                      pointer(name),
                      "the members beside data are larger than "
                          + MOST_EXTRA_BYTES
                          + " bytes together"))));
    }
    OneLine.make(value.bytes());
    extra.add(new ExtraField(name, value));
  }

  /** The value that the parser stands on, as a view of the body. */
  private RawJson value(JsonParser parser) throws IOException {
    int from = tokenStart(parser);
    boolean isString = parser.currentToken() == JsonToken.VALUE_STRING;
    int nonFinite = JsonText.skipValue(parser, depthLimit - 1).nonFinite();
    int to =
        isString
            ? JsonText.stringEnd(bytes, from, end)
            : start + (int) parser.currentLocation().getCharOffset();
    return new RawJson(ByteBuffer.wrap(bytes, from, to - from).slice(), nonFinite);
  }

  private int tokenStart(JsonParser parser) {
    return start + (int) parser.currentTokenLocation().getCharOffset();
  }

  /**
   * The text of the name or string that the parser stands on, which took each byte for a character.
   */
  private String text(String ofBytes, JsonParser parser) throws IOException {
    boolean isAscii = ofBytes.chars().allMatch(unit -> unit < 0x80);
    return isAscii ? ofBytes : JsonText.string(bytes, tokenStart(parser), end);
  }

  /** The object or array inside a string, or the value as it is. */
  private RawJson unwrapped(RawJson value) throws IOException {
    int from = value.bytes().arrayOffset();
    int to = from + value.size();
    if (bytes[from] != '"' || !holdsStructure(from + 1, to - 1)) {
      return value;
    }
    int nonFinite = nonFiniteInside(from + 1, to - 1);
    return nonFinite < 0 ? value : new RawJson(unescapedInPlace(from + 1, to - 1), nonFinite);
  }

  private boolean holdsStructure(int from, int to) {
    try (UnescapingStream text = new UnescapingStream(bytes, from, to)) {
      int next;
      do {
        next = text.read();
      } while (next == ' ' || next == '\t' || next == '\n' || next == '\r');
      return next == '{' || next == '[';
    } catch (IOException e) {
      return false;
    }
  }

  /** How many non-finite literals the JSON inside the string holds; -1 when it is no JSON. */
  private int nonFiniteInside(int from, int to) {
    try (JsonParser parser = JsonText.parser(text(from, to))) {
      parser.nextToken();
      JsonText.Seen seen = JsonText.skipValue(parser, Math.max(depthLimit, DEEPEST_LOOK));
      if (parser.nextToken() != null) {
        return -1;
      }
      if (seen.depth() > depthLimit - 1) {
        throw new ProblemException(Problem.tooDeep(depthLimit));
      }
      return seen.nonFinite();
    } catch (JsonText.TooDeepException e) {
      throw new ProblemException(Problem.tooDeep(depthLimit));
    } catch (IOException e) {
      return -1;
    }
  }

  private Reader text(int from, int to) {
    return new InputStreamReader(new UnescapingStream(bytes, from, to), StandardCharsets.UTF_8);
  }

  private void fault(String pointer, String detail) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(new Problem.Fault(pointer, detail));
    }
  }

  private ByteBuffer unescapedInPlace(int from, int to) throws IOException {
    UnescapingStream text = new UnescapingStream(bytes, from, to);
    int at = from;
    for (int next = text.read(); next >= 0; next = text.read()) {
      bytes[at++] = (byte) next;
    }
    return ByteBuffer.wrap(bytes, from, at - from).slice();
  }

  /** RFC 6901. */
  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

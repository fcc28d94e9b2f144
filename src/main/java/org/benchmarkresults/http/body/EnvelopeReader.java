package org.benchmarkresults.http.body;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
 * Parses a POSTed body into its envelope and its data in one streaming pass. The data is validated
 * and stays the bytes that were received.
 *
 * <p>As in the replaced service, data sent as a string whose text is a JSON object or array becomes
 * that object or array; its text is written over the string in the body.
 */
public final class EnvelopeReader {
  /**
   * @param isObject whether the body is an object; otherwise the rest is empty
   * @param head members of the contract, for the schema; {@code data} is replaced by true
   * @param extra other members, as sent
   * @param data null when the member is missing
   * @param digest of the data; null when it is missing
   * @param faults faults that a schema cannot detect
   */
  public record Parsed(
      boolean isObject,
      JsonObject head,
      List<ExtraField> extra,
      @Nullable RawJson data,
      @Nullable Digest digest,
      List<Problem.Fault> faults) {}

  /**
   * Replaces longer texts, which are not read. A character takes at most 12 bytes (two escapes), so
   * both exceed the limit of 4,096 characters of a member.
   */
  private static final String TOO_LONG = "x".repeat(64 << 10);

  private static final Set<String> MEMBERS =
      Set.of("run_id", "benchmark_name", "timestamp", "model_id", "tokenizer_id", "source", "data");

  /** They are part of the result's document and of every list row. */
  private static final int MAX_EXTRA_BYTES = 256 << 10;

  private static final int MAX_FAULTS = 20;

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
   * @param body a heap buffer from position 0, which may be overwritten
   * @throws ProblemException 400 when it is not JSON in UTF-8 or nested too deep
   */
  public static Parsed parse(ByteBuffer body, int depthLimit) {
    byte[] bytes = body.array();
    int length = body.arrayOffset() + body.limit();
    int start = startsWithByteOrderMark(bytes, length) ? 3 : 0;
    requireUtf8Start(bytes, start, length);
    JsonText.requireUtf8(bytes, start, length - start);
    TokenLimits.require(bytes, start, length);
    try {
      return new EnvelopeReader(bytes, start, length, depthLimit).parse();
    } catch (JsonParseException e) {
      throw JsonText.broken(e, bytes, start, length);
    } catch (JsonText.TooDeepException e) {
      throw new ProblemException(Problem.tooDeep(depthLimit));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  static boolean startsWithByteOrderMark(byte[] bytes, int length) {
    return length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  static void requireUtf8Start(byte[] bytes, int start, int length) {
    if (length == start) {
      throw new ProblemException(Problem.brokenJson(start, "the body is empty"));
    }
    boolean hasZero = bytes[start] == 0 || (length > start + 1 && bytes[start + 1] == 0);
    boolean hasMark = bytes[start] == (byte) 0xfe || bytes[start] == (byte) 0xff;
    if (hasZero || hasMark) {
      throw new ProblemException(
          Problem.brokenJson(start, "the body must be UTF-8, but looks like UTF-16 or UTF-32"));
    }
  }

  private Parsed parse() throws IOException {
    try (JsonParser parser = JsonText.parser(bytes, start, end)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ProblemException(Problem.brokenJson(end, "the body contains no JSON"));
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
            Problem.brokenJson(tokenStart(parser), "unexpected content after the end of the JSON"));
      }
    }
    RawJson parsedData = data == null ? null : StringifiedJson.unwrap(data, depthLimit);
    return new Parsed(
        isObject,
        head,
        extra,
        parsedData,
        parsedData == null ? null : Digest.of(parsedData.bytes()),
        faults);
  }

  private void members(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text(parser.currentName(), parser);
      parser.nextToken();
      if (!seen.add(name)) {
        fault(pointer(name), "must not occur twice");
      }
      if (name.equals("data")) {
        data = value(parser);
        head.put(name, true);
      } else if (MEMBERS.contains(name)) {
        member(name, parser);
      } else {
        extra(name, value(parser));
      }
    }
  }

  private void member(String name, JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING -> {
        int from = tokenStart(parser);
        boolean isTooLong = JsonText.stringEnd(bytes, from, end) - from > TOO_LONG.length();
        String text = isTooLong ? TOO_LONG : text(parser.getText(), parser);
        if (JsonText.hasLoneSurrogate(text)) {
          fault(pointer(name), "contains an unpaired surrogate");
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

  /** Keeps the text of the number, as sent. */
  private void number(String name, JsonParser parser) throws IOException {
    boolean nonFinite = JsonText.skipValue(parser, depthLimit).nonFinite() > 0;
    String text = parser.getText();
    if (nonFinite) {
      fault(pointer(name), "must not be " + text + ", which is allowed inside data only");
    } else if (name.equals("timestamp") && text.length() > 128) {
      fault(pointer(name), "must be at most 128 characters");
    }
    head.put(name, new NumberToken(text));
  }

  private void extra(String name, RawJson value) {
    extraBytes += name.length() + value.size();
    if (JsonText.hasLoneSurrogate(name)) {
      fault("", "the name of a member contains an unpaired surrogate");
    }
    if (extraBytes > MAX_EXTRA_BYTES) {
      // Fails at once rather than collect millions of names.
      throw new ProblemException(
          Problem.invalidMembers(
              List.of(
                  new Problem.Fault(
                      pointer(name),
                      "the extra members are larger than "
                          + MAX_EXTRA_BYTES
                          + " bytes in total"))));
    }
    OneLine.make(value.bytes());
    extra.add(new ExtraField(name, value));
  }

  /** The current value, as a view of the body. */
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

  /** Decodes the current name or string, in which the parser has taken each byte as a character. */
  private String text(String latin1, JsonParser parser) throws IOException {
    boolean isAscii = latin1.chars().allMatch(unit -> unit < 0x80);
    return isAscii ? latin1 : JsonText.string(bytes, tokenStart(parser), end);
  }

  private void fault(String pointer, String detail) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new Problem.Fault(pointer, detail));
    }
  }

  /** RFC 6901. */
  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

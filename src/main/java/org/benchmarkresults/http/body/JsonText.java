package org.benchmarkresults.http.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.http.json.ByteText;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * A streaming parser for the JSON of benchmark tools: strict JSON plus {@code NaN}, {@code
 * Infinity} and {@code -Infinity}, without limits on numbers, names, texts or depth.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // The table of names takes quadratic time for names with equal hash codes.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** Jackson also accepts INF and the like, which other JSON parsers reject. */
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  /** Remarks of Jackson's messages about itself. */
  private static final Pattern JACKSON_REMARKS =
      Pattern.compile(" \\(start marker.*| \\(?(to|enable) .*[A-Z_]{8,}.*|: .*Feature.*");

  private JsonText() {}

  /**
   * A parser that takes each byte as a character: its character offsets are byte offsets from the
   * first byte, and its texts are correct only if they are ASCII. Jackson's byte parser keeps a
   * table of names, or has no offsets.
   */
  static JsonParser parser(byte[] bytes, int from, int end) throws IOException {
    return FACTORY.createParser(new ByteText(bytes, from, end));
  }

  /** The text of the JSON string at an offset of valid UTF-8. */
  static String string(byte[] bytes, int from, int end) throws IOException {
    try (JsonParser parser =
        parser(
            new InputStreamReader(
                new ByteArrayInputStream(bytes, from, stringEnd(bytes, from, end) - from),
                StandardCharsets.UTF_8))) {
      parser.nextToken();
      return parser.getText();
    }
  }

  /**
   * The offset after the closing quote of the JSON string at an offset; {@code end} without one.
   */
  static int stringEnd(byte[] bytes, int from, int end) {
    int at = from + 1;
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(end, at + 1);
  }

  /** A parser of text, without detection of the encoding. */
  static JsonParser parser(Reader text) throws IOException {
    return FACTORY.createParser(text);
  }

  /**
   * @param nonFinite number of non-finite literals
   * @param depth levels of objects and arrays; 0 for a scalar
   */
  record Skipped(int nonFinite, int depth) {}

  /**
   * Moves to the last token of the current value. A value that is a string is left unread; the next
   * token skips it and validates its escapes.
   *
   * @throws TooDeepException when it is nested deeper than {@code maxDepth}
   */
  static Skipped skipValue(JsonParser parser, int maxDepth) throws IOException {
    int depth = 0;
    int deepest = 0;
    int nonFinite = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
        deepest = Math.max(deepest, depth);
        if (depth > maxDepth) {
          throw new TooDeepException();
        }
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
        nonFinite += nonFinite(parser);
      } else if (token == JsonToken.FIELD_NAME) {
        requirePairs(parser);
      }
      if (depth == 0) {
        // A skipped string takes no memory, a finished one twice its length.
        if (token != JsonToken.VALUE_STRING) {
          parser.finishToken();
        }
        return new Skipped(nonFinite, deepest);
      }
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "unexpected end of input");
      }
    }
  }

  /** Unpaired surrogates have no UTF-8, so in bytes they can only be escapes. */
  private static void requirePairs(JsonParser parser) throws IOException {
    if (hasLoneSurrogate(parser.currentName()) && parser.getInputSource() instanceof ByteText) {
      throw new JsonParseException(
          parser, "unpaired surrogate in a name", parser.currentTokenLocation());
    }
  }

  private static int nonFinite(JsonParser parser) throws IOException {
    if (!NON_FINITE.contains(parser.getText())) {
      throw new JsonParseException(
          parser, "'" + parser.getText() + "' is not a JSON number", parser.currentTokenLocation());
    }
    return 1;
  }

  /**
   * Validates UTF-8, which the parser does only in part.
   *
   * @throws ProblemException with the offset of the first invalid byte
   */
  static void requireUtf8(byte[] bytes, int from, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
    CharBuffer out = CharBuffer.allocate(Math.min(length + 1, 8192));
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new ProblemException(Problem.brokenJson(in.position(), "invalid UTF-8"));
    }
  }

  /** Whether the text has an unpaired surrogate, which has no UTF-8. */
  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return true;
      }
    }
    return false;
  }

  static final class TooDeepException extends IOException {}

  /** The parser's message as a problem, without remarks about Jackson. */
  static ProblemException broken(JsonParseException failure, byte[] bytes, int start, int length) {
    String message = failure.getOriginalMessage();
    String detail =
        JACKSON_REMARKS
            .matcher(message)
            .replaceAll("")
            .replace("'+INF'/'-INF'", "'Infinity'")
            .strip();
    if (message.startsWith("Invalid UTF-8")) {
      // It is valid UTF-8, but not a character that is allowed here.
      return new ProblemException(
          Problem.brokenJson(
              characterBefore(offset(failure, bytes, start, length), bytes),
              "unexpected character"));
    }
    boolean isIncomplete = failure instanceof JsonEOFException || message.contains("end-of-input");
    return new ProblemException(
        Problem.brokenJson(isIncomplete ? length : offset(failure, bytes, start, length), detail));
  }

  private static int characterBefore(int offset, byte[] bytes) {
    int start = offset - 1;
    while (start > 0 && (bytes[start] & 0xc0) == 0x80) {
      start--;
    }
    return Math.max(0, start);
  }

  private static int offset(JsonParseException failure, byte[] bytes, int start, int length) {
    JsonLocation where = failure.getLocation();
    long reported = where == null ? -1 : start + where.getCharOffset();
    int offset = reported < 0 || reported > length ? length : (int) reported;
    if (failure.getOriginalMessage().contains("not followed by a digit")) {
      return afterNumber(offset, bytes, length);
    }
    // For a number with a plus, Jackson reports the character after the plus.
    return offset > 0 && offset <= length && bytes[offset - 1] == '+' && !isExponent(bytes, offset)
        ? offset - 1
        : offset;
  }

  /** The first unexpected byte of an incomplete number, for which Jackson reports the start. */
  private static int afterNumber(int from, byte[] bytes, int length) {
    int at = from;
    while (at < length && isDigit(bytes[at])) {
      at++;
    }
    if (at < length && bytes[at] == '.') {
      at++;
      if (at == length || !isDigit(bytes[at])) {
        return at;
      }
      while (at < length && isDigit(bytes[at])) {
        at++;
      }
    }
    if (at < length && (bytes[at] | 0x20) == 'e') {
      at++;
      at += at < length && (bytes[at] == '+' || bytes[at] == '-') ? 1 : 0;
    }
    return at;
  }

  private static boolean isDigit(byte unit) {
    return unit >= '0' && unit <= '9';
  }

  private static boolean isExponent(byte[] bytes, int offset) {
    return offset > 1 && (bytes[offset - 2] | 0x20) == 'e';
  }
}

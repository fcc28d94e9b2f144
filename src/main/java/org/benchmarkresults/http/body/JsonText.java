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
 * Reading JSON that must come out as it went in: a streaming parser that accepts what benchmark
 * tools write (strict JSON plus {@code NaN}, {@code Infinity} and {@code -Infinity}) and sets no
 * limit of its own on numbers, names, texts or depth.
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
          // Its table of names takes quadratic time for names that share a hash code.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** The parser also takes INF and the like, which no reader of ours would understand. */
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  /** Asides of the parser about itself. */
  private static final Pattern INSIDE =
      Pattern.compile(" \\(start marker.*| \\(?(to|enable) .*[A-Z_]{8,}.*|: .*Feature.*");

  private JsonText() {}

  /**
   * A parser over bytes; its offsets in characters count bytes from the first of these, its texts
   * are right where they are ASCII. (Given bytes it would keep a table of names, or no offsets.)
   */
  static JsonParser parser(byte[] bytes, int from, int end) throws IOException {
    return FACTORY.createParser(new ByteText(bytes, from, end));
  }

  /** The text of the JSON string that begins at an offset of valid UTF-8. */
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
   * Behind the closing quote of the JSON string that begins at an offset; the end where there is
   * none.
   */
  static int stringEnd(byte[] bytes, int from, int end) {
    int at = from + 1;
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(end, at + 1);
  }

  /** A parser over text, which leaves no guess at its encoding. */
  static JsonParser parser(Reader text) throws IOException {
    return FACTORY.createParser(text);
  }

  /**
   * What was seen of a value.
   *
   * @param nonFinite how many non-finite literals it holds
   * @param depth levels of objects and arrays; 0 of a scalar
   */
  record Seen(int nonFinite, int depth) {}

  /**
   * Moves to the last token of the value that the parser stands on. A string as the whole value is
   * left unread; the next token skips it and checks its escapes.
   *
   * @param mostDepth levels after which it stops to look further, for each costs memory
   * @throws TooDeepException when there are more
   */
  static Seen skipValue(JsonParser parser, int mostDepth) throws IOException {
    int depth = 0;
    int deepest = 0;
    int nonFinite = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
        deepest = Math.max(deepest, depth);
        if (depth > mostDepth) {
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
        // A string that is skipped takes no memory, one that is finished twice its length.
        if (token != JsonToken.VALUE_STRING) {
          parser.finishToken();
        }
        return new Seen(nonFinite, deepest);
      }
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "unexpected end of input");
      }
    }
  }

  /** Half a surrogate pair in a name has no UTF-8; of bytes it can come by an escape alone. */
  private static void requirePairs(JsonParser parser) throws IOException {
    if (hasLoneSurrogate(parser.currentName()) && parser.getInputSource() instanceof ByteText) {
      throw new JsonParseException(
          parser, "half a surrogate pair in a name", parser.currentTokenLocation());
    }
  }

  private static int nonFinite(JsonParser parser) throws IOException {
    if (!NON_FINITE.contains(parser.getText())) {
      throw new JsonParseException(
          parser, "'" + parser.getText() + "' is no JSON number", parser.currentTokenLocation());
    }
    return 1;
  }

  /**
   * Refuses text that is not UTF-8, which the parser checks only in part.
   *
   * @throws ProblemException with the offset of the first byte that does not fit
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
      throw new ProblemException(Problem.brokenJson(in.position(), "this is not UTF-8"));
    }
  }

  /** Whether half a surrogate pair stands alone in the text, which UTF-8 cannot express. */
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

  /** More levels than were asked for. */
  static final class TooDeepException extends IOException {}

  /** The parser's complaint as an answer, without what it says of its own inside. */
  static ProblemException broken(JsonParseException failure, byte[] bytes, int start, int length) {
    String complaint = failure.getOriginalMessage();
    String detail =
        INSIDE.matcher(complaint).replaceAll("").replace("'+INF'/'-INF'", "'Infinity'").strip();
    if (complaint.startsWith("Invalid UTF-8")) {
      // It is UTF-8, as was checked before, but no character that can stand here.
      return new ProblemException(
          Problem.brokenJson(
              characterBefore(offset(failure, bytes, start, length), bytes),
              "unexpected character"));
    }
    boolean cutOff = failure instanceof JsonEOFException || complaint.contains("end-of-input");
    return new ProblemException(
        Problem.brokenJson(cutOff ? length : offset(failure, bytes, start, length), detail));
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
    long told = where == null ? -1 : start + where.getCharOffset();
    int offset = told < 0 || told > length ? length : (int) told;
    if (failure.getOriginalMessage().contains("not followed by a digit")) {
      return afterNumber(offset, bytes, length);
    }
    // Of a number with a plus the parser complains of what follows the plus.
    return offset > 0 && offset <= length && bytes[offset - 1] == '+' && !isExponent(bytes, offset)
        ? offset - 1
        : offset;
  }

  /**
   * Of a number that ends too early the parser tells where it began; the first byte that does not
   * fit.
   */
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

package org.benchmarkresults.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

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
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // Results may have many thousand keys that no attacker chose.
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /** The parser also takes INF and the like, which no reader of ours would understand. */
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private JsonText() {}

  /** A parser over UTF-8 bytes; offsets count from {@code from}. */
  static JsonParser parser(byte[] bytes, int from, int length) throws IOException {
    return FACTORY.createParser(bytes, from, length);
  }

  static JsonParser parser(InputStream utf8) throws IOException {
    return FACTORY.createParser(utf8);
  }

  /**
   * Moves to the last token of the value that the parser stands on.
   *
   * @return how many non-finite literals it holds
   * @throws ProblemException when it is nested deeper than the limit
   */
  static int skipValue(JsonParser parser, int depthLimit) throws IOException {
    int depth = 0;
    int nonFinite = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
        if (depth > depthLimit) {
          throw new ProblemException(Problem.tooDeep(depthLimit));
        }
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
        nonFinite += nonFinite(parser);
      }
      if (depth == 0) {
        parser.finishToken();
        return nonFinite;
      }
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "unexpected end of input");
      }
    }
  }

  private static int nonFinite(JsonParser parser) throws IOException {
    if (!NON_FINITE.contains(parser.getText())) {
      throw new JsonParseException(parser, "'" + parser.getText() + "' is no JSON number");
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

  /** The parser's complaint as an answer, without what it says of its own inside. */
  static ProblemException broken(JsonParseException failure, long fallbackOffset) {
    long offset = failure.getLocation() == null ? -1 : failure.getLocation().getByteOffset();
    String complaint = failure.getOriginalMessage();
    int aside = complaint.indexOf(" (start marker");
    String detail = aside < 0 ? complaint : complaint.substring(0, aside);
    return new ProblemException(
        Problem.brokenJson(offset < 0 ? fallbackOffset : offset, detail));
  }
}

package org.benchmarkresults.storage.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.storage.document.BsonSlice;
import org.jspecify.annotations.Nullable;

/** The JSON object or array that a text holds, as a posted text is taken for what it holds. */
final class JsonInside {
  /** Deeper than any reader would take it. */
  private static final int MOST_DEPTH = 512;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // Its table of names takes quadratic time for names that share a hash code.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** The parser also takes INF and the like. */
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private JsonInside() {}

  /**
   * A view of the text, when it is an object or array in JSON with nothing behind it, else null.
   */
  static @Nullable RawJson of(BsonSlice text) {
    int from = text.textFrom();
    int length = text.textTo() - from;
    if (!beginsStructure(text) || Utf8.text(text.bytes(), from, text.textTo()) == null) {
      return null;
    }
    // By a reader: given bytes, the parser would guess at their encoding.
    var reader =
        new InputStreamReader(
            new ByteArrayInputStream(text.bytes(), from, length), StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(reader)) {
      int nonFinite = nonFinite(parser);
      return new RawJson(ByteBuffer.wrap(text.bytes(), from, length).slice(), nonFinite);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean beginsStructure(BsonSlice text) {
    for (int at = text.textFrom(); at < text.textTo(); at++) {
      switch (text.bytes()[at]) {
        case ' ', '\t', '\n', '\r' -> {}
        case '{', '[' -> {
          return true;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  /** Of the one value that the text must be. */
  private static int nonFinite(JsonParser parser) throws IOException {
    int nonFinite = 0;
    int depth = 0;
    do {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException("the text ends within a value");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
        nonFinite++;
        if (!NON_FINITE.contains(parser.getText())) {
          throw new IOException("no reader takes this number");
        }
      }
    } while (depth > 0);
    if (parser.nextToken() != null) {
      throw new IOException("there is more behind the value");
    }
    return nonFinite;
  }
}

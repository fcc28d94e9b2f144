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

/** Reads a string that contains a JSON object or array, which POST requests may send too. */
final class NestedJson {
  private static final int MAX_DEPTH = 512;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // The name table takes quadratic time for names with the same hash code.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** The parser also accepts other spellings, such as INF. */
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private NestedJson() {}

  /** A view of the string when it is one JSON object or array, else null. */
  static @Nullable RawJson of(BsonSlice text) {
    int from = text.textFrom();
    int length = text.textTo() - from;
    if (!beginsStructure(text) || Utf8.text(text.bytes(), from, text.textTo()) == null) {
      return null;
    }
    // A reader, because the parser would guess the encoding of bytes.
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

  /** Counts the non-finite numbers of the value; fails when there is not exactly one value. */
  private static int nonFinite(JsonParser parser) throws IOException {
    int nonFinite = 0;
    int depth = 0;
    do {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException("the string ends inside a value");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
        nonFinite++;
        if (!NON_FINITE.contains(parser.getText())) {
          throw new IOException("unsupported spelling of a number");
        }
      }
    } while (depth > 0);
    if (parser.nextToken() != null) {
      throw new IOException("there is text after the value");
    }
    return nonFinite;
  }
}

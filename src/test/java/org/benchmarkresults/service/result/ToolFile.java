package org.benchmarkresults.service.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as a benchmark tool wrote it.
 *
 * @param bytes of the whole file
 * @param depth of its nesting; -1 when it is not one JSON document in UTF-8 (with {@code NaN} and
 *     infinities)
 */
record ToolFile(byte[] bytes, int depth) {
  private static final JsonFactory LENIENT =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  static ToolFile read(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      return new ToolFile(bytes, isUtf8(bytes) ? depthOf(bytes) : -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOneDocument() {
    return depth >= 0;
  }

  /** The document without the blanks around it, which are not part of it. */
  Buffer document() {
    return Buffer.buffer(new String(bytes, StandardCharsets.UTF_8).strip());
  }

  /** The data of a writer that sends the file as text. */
  String text() {
    boolean utf16 = bytes.length > 1 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe;
    Charset charset =
        utf16
            ? StandardCharsets.UTF_16
            : isUtf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return new String(bytes, charset);
  }

  /** The stored form of data in a string: the object or array inside, or else the string. */
  static Buffer expectedOf(String text, String asJson) {
    byte[] inside = text.getBytes(StandardCharsets.UTF_8);
    String start = text.stripLeading();
    boolean structure = start.startsWith("{") || start.startsWith("[");
    return Buffer.buffer(structure && depthOf(inside) >= 0 ? text : asJson);
  }

  /** The value of a document as the text of its string. */
  static String textInside(Buffer document) {
    try {
      return new ObjectMapper().readValue(document.getBytes(), String.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int depthOf(byte[] bytes) {
    boolean marked = bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb;
    int deepest = 0;
    try (JsonParser parser = LENIENT.createParser(bytes)) {
      int depth = 0;
      boolean any = false;
      while (parser.nextToken() != null) {
        if (any && depth == 0) {
          return -1;
        }
        any = true;
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
        deepest = Math.max(deepest, depth);
        // A number is only looked at as a whole when it is asked for.
        parser.finishToken();
      }
      return any && depth == 0 && !marked ? deepest : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text inside a JSON string. */
class UnescapingStreamTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, ``",
        "plain é한😀, plain é한😀",
        "\\\"\\\\\\/, \"\\/",
        "\\u0041\\u00e9\\u00E9\\uD55c, Aéé한",
        "\\ud83d\\ude00, 😀",
        "\\uD800\\uDC00\\uDBFF\\uDFFF, \ud800\udc00\udbff\udfff",
        "\\u007f\\u0080\\u07ff\\u0800\\ud7ff\\ue000\\uffff,"
            + " \u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff",
        "\\\\u0041, \\u0041",
      })
  void escapesAreDecoded(String inside, String text) throws IOException {
    UnescapingStream stream = stream(inside);

    byte[] read = stream.readAllBytes();

    assertEquals(text, new String(read, StandardCharsets.UTF_8));
  }

  @Test
  void controlCharactersAreDecoded() throws IOException {
    UnescapingStream stream = stream("\\b\\f\\n\\r\\t\\u0000\\u001F");

    byte[] read = stream.readAllBytes();

    assertArrayEquals(new byte[] {8, 12, 10, 13, 9, 0, 31}, read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83d",
        "\\ude00",
        "\\ud83dx",
        "\\ud83d\\n",
        "\\ud83d\\u0041",
        "\\ud83d\\ud83d\\ude00",
        "\\ude00\\ud83d",
        "\\ud83d\\\\ude00"
      })
  void unpairedSurrogateIsRefused(String inside) {
    UnescapingStream stream = stream("before " + inside);

    IOException refused = assertThrows(IOException.class, stream::readAllBytes);

    assertEquals("unpaired surrogate", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void readsOfAnySize(int size) throws IOException {
    UnescapingStream stream = stream("é\\ud83d\\ude00x\\u00e9\\n한\\uffff");
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] piece = new byte[size + 2];

    for (int count = stream.read(piece, 1, size); count >= 0; count = stream.read(piece, 1, size)) {
      assertTrue(count > 0 && count <= size);
      read.write(piece, 1, count);
    }

    assertEquals("é😀xé\n한\uffff", read.toString(StandardCharsets.UTF_8));
  }

  @Test
  void endOfStream() throws IOException {
    UnescapingStream stream = stream("a");

    int first = stream.read();

    assertEquals('a', first);
    assertEquals(-1, stream.read());
    assertEquals(-1, stream.read(new byte[3], 0, 3));
    assertEquals(0, stream.read(new byte[3], 0, 0));
  }

  @Test
  void outputNeverOvertakesInput() throws IOException {
    byte[] source = quoted("\\u00e9\\uffff\\ud83d\\ude00\\n\\\"é한😀\\u0000");
    byte[] untouched = source.clone();
    UnescapingStream overItself = new UnescapingStream(source, 1, source.length - 1);
    int at = 1;

    for (int next = overItself.read(); next >= 0; next = overItself.read()) {
      source[at++] = (byte) next;
    }

    byte[] expected = new UnescapingStream(untouched, 1, untouched.length - 1).readAllBytes();
    assertEquals(
        new String(expected, StandardCharsets.UTF_8),
        new String(source, 1, at - 1, StandardCharsets.UTF_8));
  }

  private static UnescapingStream stream(String inside) {
    byte[] quoted = quoted(inside);
    return new UnescapingStream(quoted, 1, quoted.length - 1);
  }

  private static byte[] quoted(String inside) {
    return ('"' + inside + '"').getBytes(StandardCharsets.UTF_8);
  }
}

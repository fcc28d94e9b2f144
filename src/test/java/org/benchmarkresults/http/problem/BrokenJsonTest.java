package org.benchmarkresults.http.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken JSON, with the offset of the first unexpected byte. */
class BrokenJsonTest {
  /** For an unknown literal, the offset is that of its first byte. */
  private static final List<String> BROKEN =
      List.of(
          "^",
          "   ^",
          "{^",
          "{\"da^",
          "{\"data\"^",
          "{\"data\":^",
          "{\"data\":[1,2^",
          "{\"data\":\"é^",
          "{\"data\":1^",
          "{\"data\":1,^",
          "{\"data\":1}^}",
          "{\"data\":1}  ^x",
          "{\"data\":1} ^{\"data\":1}",
          "^}",
          "^x",
          "{\"a\" ^1}",
          "{\"é\" ^1}",
          "{^a:1}",
          "{^'a':1}",
          "{^,}",
          "{\"data\":1,^}",
          "{\"data\":1,^,}",
          "{\"data\":^}",
          "{\"data\":^,}",
          "{\"data\":[^,]}",
          "{\"data\":[1,^]}",
          "{\"data\":[1 ^2]}",
          "{\"data\":[1^}",
          "{\"data\":{\"a\":1^]}",
          "{\"data\":0^1}",
          "{\"data\":-0^1}",
          "{\"data\":-^}",
          "{\"data\":-^a}",
          "{\"data\":1.^}",
          "{\"data\":1e^}",
          "{\"data\":1e+^}",
          "{\"data\":^.5}",
          "{\"data\":^+1}",
          "{\"data\":[2,^+1]}",
          "{\"data\":0^x10}",
          "{\"data\":^INF}",
          "{\"data\":^+INF}",
          "{\"data\":^-INF}",
          "{\"data\":[1, ^+Infinity]}",
          "{\"data\":^+NaN}",
          "{\"data\":^NaNs}",
          "{\"data\":^Infinit}",
          "{\"data\":^nul}",
          "{\"data\":^True}",
          "{\"data\":^trues}",
          "{\"data\":^'a'}",
          "{\"data\":^`a`}",
          "{\"data\":^/*c*/1}",
          "{^//c\n}",
          "{\"data\":^#c\n1}",
          "{\"data\":\"a^\nb\"}",
          "{\"data\":\"a^\u0000b\"}",
          "{\"da^\tta\":1}",
          "{\"data\":\"a\\^x\"}",
          "{\"data\":\"\\u12^g4\"}",
          "{\"data\":^\u00a01}",
          "{\"data\":^\u200b1}");

  static List<String> broken() {
    return BROKEN;
  }

  @ParameterizedTest
  @MethodSource("broken")
  void offsetOfTheFirstUnexpectedByte(String marked) {
    Problem problem = refused(bytes(marked.replace("^", "")));

    assertEquals(400, problem.status());
    assertEquals("broken-json", problem.kind());
    assertEquals(bytes(marked.substring(0, marked.indexOf('^'))).length, problem.offset());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void offsetIncludesTheByteOrderMark(String marked) {
    Problem problem = refused(bytes("\ufeff" + marked.replace("^", "")));

    assertEquals(3 + bytes(marked.substring(0, marked.indexOf('^'))).length, problem.offset());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void detailRevealsNoInternals(String marked) {
    String detail = refused(bytes(marked.replace("^", ""))).detail();

    assertTrue(detail.startsWith("Byte "), detail);
    for (String inner :
        List.of(
            "Feature", "ALLOW_", "Source", "REDACTED", "'+INF'/", "marker at", "Invalid UTF-8")) {
      assertFalse(detail.contains(inner), detail);
    }
  }

  @Test
  void truncatedBodyFailsAtItsEnd() {
    byte[] whole = bytes("{\"data\":[{\"a\":-15e3,\"b\\u00e9\":\"한\\n\"},[]],\"x\":\"\"}");

    List<Long> offsets =
        IntStream.range(0, whole.length)
            .filter(length -> isWholeUtf8(whole, length))
            .mapToObj(length -> refused(Arrays.copyOf(whole, length)).offset())
            .toList();

    assertEquals(
        IntStream.range(0, whole.length)
            .filter(length -> isWholeUtf8(whole, length))
            .mapToObj(length -> (long) length)
            .toList(),
        offsets);
  }

  @ParameterizedTest
  @CsvSource({
    "80, a continuation byte alone",
    "ff, no byte of UTF-8",
    "c3, a sequence cut off",
    "e282, a sequence cut off",
    "c0af, an overlong slash",
    "c1bf, an overlong character",
    "e080af, an overlong slash in three bytes",
    "f08080af, an overlong slash in four bytes",
    "eda080, half a surrogate pair",
    "edbfbf, the other half",
    "eda0bdedb880, a pair of halves",
    "f4908080, past the last code point",
    "f8888080 80, five bytes",
  })
  void invalidUtf8IsRefusedAtItsFirstByte(String hex, String what) {
    byte[] wrong = HexFormat.of().parseHex(hex.replace(" ", ""));

    Problem inValue = refused(joined(bytes("{\"data\":\"é"), wrong, bytes("\"}")));
    Problem inKey = refused(joined(bytes("{\"data\":{\""), wrong, bytes("\":1}}")));
    Problem outside = refused(joined(bytes("{\"data\":1}"), wrong));

    assertEquals(11, inValue.offset(), what);
    assertEquals(10, inKey.offset(), what);
    assertEquals(10, outside.offset(), what);
    assertEquals("Byte 11: invalid UTF-8", inValue.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) {
    byte[] body = "{\"data\":1}".getBytes(Charset.forName(charset));

    Problem problem = refused(body);

    assertEquals(400, problem.status());
    assertEquals(0, problem.offset());
  }

  @Test
  void utf16WithByteOrderMarkIsRefused() {
    byte[] body =
        joined(new byte[] {(byte) 0xff, (byte) 0xfe}, "{}".getBytes(StandardCharsets.UTF_16LE));

    Problem problem = refused(body);

    assertEquals(0, problem.offset());
  }

  @Test
  void secondByteOrderMarkIsRefused() {
    Problem problem = refused(bytes("\ufeff\ufeff{\"data\":1}"));

    assertEquals(3, problem.offset());
  }

  @Test
  void unpairedSurrogateInANameIsRefused() {
    Problem problem = refused(bytes("{\"data\":{\"\\ud800\":1}}"));

    assertEquals(400, problem.status());
  }

  private static Problem refused(byte[] body) {
    return assertThrows(
            ProblemException.class, () -> EnvelopeReader.parse(ByteBuffer.wrap(body), 512))
        .problem();
  }

  private static boolean isWholeUtf8(byte[] bytes, int length) {
    return (bytes[length] & 0xc0) != 0x80;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

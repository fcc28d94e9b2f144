package org.benchmarkresults.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sent as a string: the object or array inside it, or the string as it is. */
class StringDataTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}|{}",
        "[]|[]",
        "[1.10, 1e400]|[1.10, 1e400]",
        "{\\\"a\\\":\\\"b\\\"}|{\"a\":\"b\"}",
        "{\\u0022a\\u0022:1}|{\"a\":1}",
        "\\u007b\\u007D|{}",
        "[\\\"\\u00e9\\u20AC\\ud83d\\ude00\\\"]|[\"é€😀\"]",
        "[\\\"\\ud83d\\ude00\\uD800\\uDC00\\uDBFF\\uDFFF\\\"]|[\"😀\ud800\udc00\udbff\udfff\"]",
        "[\\\"\\\\u00e9\\\\ud800\\\\n\\\"]|[\"\\u00e9\\ud800\\n\"]",
        "[\\\"\\\\\\\"\\\\\\\\\\\"]|[\"\\\"\\\\\"]",
        "[\\\"a\\/b\\\"]|[\"a/b\"]",
        "[\\\"\\u007f\\u0080\\u07ff\\u0800\\uffff\\\"]|[\"\u007f\u0080\u07ff\u0800\uffff\"]",
        "[\\\"한😀\\\"]|[\"한😀\"]",
      })
  void jsonInsideAStringIsUnwrapped(String quoted, String data) {
    Parsed cut = cut("{\"data\":\"" + quoted + "\"}");

    assertEquals(data, cut.data().text());
    assertEquals(Digest.of(bytes(data)), cut.digest());
  }

  @Test
  void whiteSpaceAroundTheJsonIsKept() {
    Parsed cut = cut("{\"data\":\" \\n\\r\\t[1]\\n \"}");

    assertEquals(" \n\r\t[1]\n ", cut.data().text());
  }

  @Test
  void nonFiniteLiteralsInsideAreCounted() {
    Parsed cut = cut("{\"data\":\"[NaN,-Infinity,{\\\"a\\\":Infinity},\\\"NaN\\\"]\"}");

    assertEquals("[NaN,-Infinity,{\"a\":Infinity},\"NaN\"]", cut.data().text());
    assertEquals(3, cut.data().nonFinite());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "text",
        "5",
        "-1.5",
        "true",
        "null",
        "NaN",
        "\\\"quoted\\\"",
        "'[1]'",
        "[1",
        "[1]]",
        "[1]x",
        "[1] [2]",
        "{\\\"a\\\"}",
        "{a:1}",
        "[1,]",
        "[INF]",
        "[+Infinity]",
        "[\\ud83d\\ude00]",
        "[\\\"\\ud83d\\\"]",
        "[\\\"\\ude00\\ud83d\\\"]",
        "[\\\"\\ud83dx\\\"]",
        "[\\\"\\ud83d\\u0041\\\"]",
        "[1]\\ud83d",
        "[\\\"\\u0001\\\"]",
        "[\\\"a\\nb\\\"]",
        "\\ufeff[1]",
        "\\u00a0[1]",
        "\\u0000[1]",
        "\\f[1]",
        "[\\\"\\\\\\\"]",
        "// c\\n[1]",
        "[1]\\u0000",
        "[\\u0000]\\u0000",
        "[\\u0000\\u0000\\u0000]\\u0000\\u0000\\u0000",
        "{\\u0000}\\u0000",
        "[\\u0001]"
      })
  void otherStringsAreKept(String quoted) {
    String data = "\"" + quoted + "\"";

    Parsed cut = cut("{\"data\":" + data + "}");

    assertEquals(data, cut.data().text());
    assertEquals(0, cut.data().nonFinite());
  }

  @Test
  void bytesAroundTheStringAreUnchanged() {
    Parsed cut =
        cut("{\"a\":\"[1]\",\"data\":\"[\\u0031]\",\"b\":\"{\\\"c\\\":2}\",\"run_id\":\"r\"}");

    assertEquals("[1]", cut.data().text());
    assertEquals(
        List.of(
            new ExtraField("a", RawJson.of("\"[1]\"")),
            new ExtraField("b", RawJson.of("\"{\\\"c\\\":2}\""))),
        cut.extra());
    assertEquals("r", cut.head().getString("run_id"));
  }

  @Test
  void jsonIsUnwrappedOnce() {
    Parsed cut = cut("{\"data\":\"[\\\"[1]\\\"]\"}");

    assertEquals("[\"[1]\"]", cut.data().text());
  }

  @Test
  void lastOfTwoDataMembersIsUsed() {
    Parsed cut = cut("{\"data\":\"[1]\",\"data\":\"[2]\"}");

    assertEquals("[2]", cut.data().text());
    assertEquals(1, cut.faults().size());
  }

  private static Parsed cut(String body) {
    return EnvelopeReader.parse(bytes(body), 512);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}

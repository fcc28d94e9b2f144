package org.benchmarkresults.standardize.outline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineOutcome.Found;
import org.benchmarkresults.model.outline.OutlineOutcome.NoValue;
import org.benchmarkresults.model.outline.OutlineOutcome.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The children of values in JSON as tools write it. */
class OutlineReaderTest {
  private static final String DATA =
      """
      { "results" : {
          "gsm8k": {"exact_match,strict-match": 1.10, "a/b~c": [NaN, -Infinity, 1e400]},
          "ä\\u00e9\\n😀": "text with \\"quotes\\", [brackets] and \\\\"
        },
        "numbers":[9007199254740993,0.10,-0,true,false,null,"",{},[] ],
        "":{"":7}
      }
      """;

  private static OutlineOutcome read(String data, String pointer, int from, int limit)
      throws IOException {
    return OutlineReader.read(
        new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)), pointer, from, limit, 3);
  }

  private static Found found(String pointer) throws IOException {
    return (Found) read(DATA, pointer, 0, 100);
  }

  private static List<String> previews(List<Value> children) {
    return children.stream().map(Value::preview).toList();
  }

  @Test
  void childrenOfTheWholeAreItsMembersInTheirOrder() throws IOException {
    Found whole = found("");

    assertEquals(3, whole.version());
    assertEquals("object", whole.value().kind());
    assertEquals(3, whole.value().members());
    assertEquals(DATA.strip().getBytes(StandardCharsets.UTF_8).length, whole.value().bytes());
    assertTrue(whole.value().isCut());
    assertEquals(
        List.of("/results", "/numbers", "/"),
        whole.children().stream().map(Value::pointer).toList());
    assertEquals(List.of(2, 9, 1), whole.children().stream().map(Value::members).toList());
    assertFalse(whole.mayBeMore());
  }

  @Test
  void numbersKeepTheirText() throws IOException {
    Found numbers = found("/numbers");

    assertEquals(
        List.of("9007199254740993", "0.10", "-0", "true", "false", "null", "\"\"", "{}", "[]"),
        previews(numbers.children()));
    assertEquals(
        List.of("number", "number", "number", "true", "false", "null", "string", "object", "array"),
        numbers.children().stream().map(Value::kind).toList());
    assertEquals(
        List.of(16L, 4L, 2L, 4L, 5L, 4L, 2L, 2L, 2L),
        numbers.children().stream().map(Value::bytes).toList());
    assertEquals(
        List.of("NaN", "-Infinity", "1e400"), previews(found("/results/gsm8k/a~1b~0c").children()));
  }

  @Test
  void namesAreDecodedAndPointersEscaped() throws IOException {
    List<Value> tasks = found("/results").children();

    assertEquals("äé\n😀", tasks.get(1).name());
    assertEquals("/results/äé\n😀", tasks.get(1).pointer());
    Value text = found(tasks.get(1).pointer()).value();
    assertEquals("\"text with \\\"quotes\\\", [brackets] and \\\\\"", text.preview());
    assertEquals(List.of("7"), previews(found("/").children()));
    assertEquals("7", found("//").value().preview());
    assertEquals("1.10", found("/results/gsm8k/exact_match,strict-match").value().preview());
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing, '', object",
    "/results/gsm8k/none/deeper, /results/gsm8k, object",
    "/numbers/9, /numbers, array",
    "/numbers/-, /numbers, array",
    "/numbers/00, /numbers, array",
    "/numbers/0/x, /numbers/0, number",
    "/results/gsm8k/a~1b~0c/7, /results/gsm8k/a~1b~0c, array"
  })
  void ofAPointerWithoutValueTheLongestPartIsTold(String pointer, String longest, String kind)
      throws IOException {
    assertEquals(new NoValue(longest, kind), read(DATA, pointer, 0, 100));
  }

  @Test
  void ofMembersWithOneNameTheLastCounts() throws IOException {
    String data = "{\"a\":{\"x\":1},\"b\":0,\"a\":{\"y\":2}}";

    assertEquals("2", ((Found) read(data, "/a/y", 0, 9)).value().preview());
    assertEquals(new NoValue("/a", "object"), read(data, "/a/x", 0, 9));
    assertEquals(3, ((Found) read(data, "", 0, 9)).children().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9, 10})
  void pagesTogetherAreTheWhole(int limit) throws IOException {
    int from = 0;
    Found page;
    do {
      page = (Found) read(DATA, "/numbers", from, limit);
      assertEquals(
          previews(found("/numbers").children()).subList(from, from + page.children().size()),
          previews(page.children()));
      from += page.children().size();
    } while (page.mayBeMore());

    assertEquals(9, from);
    assertEquals(List.of(), ((Found) read(DATA, "/numbers", 9, limit)).children());
  }

  @Test
  void previewsEndBehindAHundredCharacters() throws IOException {
    String data = "[\"" + "😀".repeat(500) + "\",\"" + "x".repeat(97) + "\", [ 1 ,\n 2 ]]";

    List<Value> children = ((Found) read(data, "", 0, 9)).children();

    assertEquals("\"" + "😀".repeat(99), children.get(0).preview());
    assertTrue(children.get(0).isCut());
    assertEquals("\"" + "x".repeat(97) + "\"", children.get(1).preview());
    assertFalse(children.get(1).isCut());
    assertEquals("[1,2]", children.get(2).preview());
  }

  @Test
  void valuesMayLieAcrossReads() throws IOException {
    byte[] bytes = DATA.getBytes(StandardCharsets.UTF_8);
    InputStream oneByOne =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(1, length));
          }
        };

    assertEquals(found(""), OutlineReader.read(oneByOne, "", 0, 100, 3));
  }
}

package org.benchmarkresults.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.benchmarkresults.http.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Non-finite literals become null, and nothing else changes, however the text is cut up. */
class StrictJsonTest {
  private static final int DOCUMENTS = 2_000;
  private static final Pattern STRING_OR_NON_FINITE =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?Infinity|NaN");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "NaN|null",
        "Infinity|null",
        "-Infinity|null",
        "[NaN,NaN]|[null,null]",
        "[-Infinity,-1,-0.5e-3,Infinity]|[null,-1,-0.5e-3,null]",
        "{\"NaN\":NaN,\"-Infinity\":\"-Infinity\"}|{\"NaN\":null,\"-Infinity\":\"-Infinity\"}",
        "[\"\\\"NaN\",NaN]|[\"\\\"NaN\",null]",
        "[\"\\\\\",NaN,\"\\\\\"]|[\"\\\\\",null,\"\\\\\"]",
        "[null,true,false,\"\",-1]|[null,true,false,\"\",-1]",
        "[ NaN , - 1]|[ null , - 1]",
      })
  void nonFiniteLiteralsBecomeNull(String loose, String strict) {
    Buffer made = new StrictJson().next(bytes(loose));

    assertEquals(strict, made.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[-Infinity,-1,NaN,Infinity]",
        "{\"a-\\\"NaN\":-Infinity,\"b\\\\\":NaN}",
        "-Infinity",
        "-12"
      })
  void everyWayOfCuttingInThreeGivesTheSame(String loose) {
    byte[] whole = bytes(loose);
    String expected = byHand(loose);
    for (int first = 0; first <= whole.length; first++) {
      for (int second = first; second <= whole.length; second++) {
        StrictJson strict = new StrictJson();

        Buffer made =
            Buffer.buffer()
                .appendBuffer(strict.next(Arrays.copyOfRange(whole, 0, first)))
                .appendBuffer(strict.next(Arrays.copyOfRange(whole, first, second)))
                .appendBuffer(strict.next(Arrays.copyOfRange(whole, second, whole.length)));

        assertEquals(expected, made.toString(), "cut at " + first + " and " + second);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 20260421})
  void anyDocumentInAnyPiecesIsMadeStrict(long seed) {
    RandomJson json = new RandomJson(seed);
    for (int i = 0; i < DOCUMENTS; i++) {
      String loose = json.next(5);

      String made = inPieces(bytes(loose), json.random());

      assertEquals(byHand(loose), made, loose);
    }
  }

  @Test
  void nothingComesOfNothing() {
    Buffer made = new StrictJson().next(new byte[0]);

    assertEquals(0, made.length());
  }

  private static String inPieces(byte[] whole, Random random) {
    StrictJson strict = new StrictJson();
    Buffer made = Buffer.buffer();
    for (int from = 0; from < whole.length; ) {
      int to = Math.min(whole.length, from + random.nextInt(7));
      made.appendBuffer(strict.next(Arrays.copyOfRange(whole, from, to)));
      from = to;
    }
    return made.toString();
  }

  /** The same by another way: strings are stepped over as wholes. */
  private static String byHand(String loose) {
    return STRING_OR_NON_FINITE
        .matcher(loose)
        .replaceAll(
            found ->
                found.group().startsWith("\"")
                    ? java.util.regex.Matcher.quoteReplacement(found.group())
                    : "null");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

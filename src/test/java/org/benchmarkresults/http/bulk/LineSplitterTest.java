package org.benchmarkresults.http.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.benchmarkresults.http.bulk.LineSplitter.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splitting a body into lines, from pieces of any size. */
class LineSplitterTest {
  private static final int LIMIT = 40;
  private static final int ROOM = 10;

  /** The results: number and text of a line, or the kind of result. */
  private static List<String> found(String body, int pieceBytes) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    LineSplitter lines = new LineSplitter(LIMIT, ROOM);
    List<String> all = new ArrayList<>();
    int fed = 0;
    while (true) {
      Found next = lines.next();
      switch (next) {
        case LINE -> {
          all.add(lines.number() + ":" + text(lines));
          lines.setCapacity(ROOM);
        }
        case TOO_LARGE -> all.add(lines.number() + " too large");
        case NEEDS_MEMORY -> lines.setCapacity(LIMIT);
        case NEEDS_INPUT -> {
          if (fed == bytes.length) {
            if (lines.endLastLine()) {
              all.add(lines.number() + ":" + text(lines));
            }
            return all;
          }
          int length = Math.min(pieceBytes, bytes.length - fed);
          lines.feed(Arrays.copyOfRange(bytes, fed, fed + length), length);
          fed += length;
        }
      }
    }
  }

  private static String text(LineSplitter lines) {
    return new String(lines.line().array(), 0, lines.line().limit(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void linesFromPiecesOfAnySize(int pieceBytes) {
    String body = "a\n\nbc\r\n" + "x".repeat(LIMIT) + "\n" + "y".repeat(LIMIT + 1) + "\nlast";

    List<String> found = found(body, pieceBytes);

    assertEquals(
        List.of("1:a", "2:", "3:bc\r", "4:" + "x".repeat(LIMIT), "5 too large", "6:last"), found);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void splitsAtLineFeedsOnly(int pieceBytes) {
    Random random = new Random(20260421);
    for (int run = 0; run < 200; run++) {
      StringBuilder body = new StringBuilder();
      List<String> expected = new ArrayList<>();
      int count = random.nextInt(20);
      for (int i = 1; i <= count; i++) {
        String line = "é\r\u2028".repeat(random.nextInt(4)) + "z".repeat(random.nextInt(60));
        boolean tooLarge = line.getBytes(StandardCharsets.UTF_8).length > LIMIT;
        expected.add(tooLarge ? i + " too large" : i + ":" + line);
        body.append(line).append('\n');
      }

      assertEquals(expected, found(body.toString(), pieceBytes));
    }
  }

  @Test
  void tooLargeLineIsReportedBeforeItsEnd() {
    LineSplitter lines = new LineSplitter(LIMIT, LIMIT);
    lines.feed(new byte[LIMIT + 1], LIMIT + 1);

    assertEquals(Found.TOO_LARGE, lines.next());
    assertEquals(0, lines.heldBytes());
    assertEquals(Found.NEEDS_INPUT, lines.next());
    assertFalse(lines.endLastLine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", " \t\r\n", "\ufeff\n", "\ufeff \r\n"})
  void blankLines(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    LineSplitter lines = new LineSplitter(LIMIT, LIMIT);
    lines.feed(bytes, bytes.length);

    assertEquals(Found.LINE, lines.next());
    assertTrue(lines.skipBlank());
    assertEquals(bytes.length, lines.skippedBytes());
  }
}

package org.benchmarkresults.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class OneLineTest {
  private static final String SEED = "20261125";

  @Example
  void lineBreaksBetweenValuesBecomeBlanks() {
    String json = "{\r\n\t\"a\\n\" :\n1\r}";
    ByteBuffer bytes =
        ByteBuffer.wrap(("\n" + json + "\n").getBytes(StandardCharsets.UTF_8), 1, json.length());

    OneLine.make(bytes);

    assertEquals("{  \t\"a\\n\" : 1 }", OneLine.of(json));
    assertEquals("\n{  \t\"a\\n\" : 1 }\n", new String(bytes.array(), StandardCharsets.UTF_8));
  }

  @Example
  void aTextHoldsOneLineOrMore() {
    assertTrue(OneLine.canStandIn("{\"a\\n\": [\t1 ]}".getBytes(StandardCharsets.UTF_8)));
    assertFalse(OneLine.canStandIn("[\n]".getBytes(StandardCharsets.UTF_8)));
    assertFalse(OneLine.canStandIn("[\r]".getBytes(StandardCharsets.UTF_8)));
    assertFalse(OneLine.canStandIn(" [1]".getBytes(StandardCharsets.UTF_8)));
    assertFalse(OneLine.canStandIn("[1]\t".getBytes(StandardCharsets.UTF_8)));
  }

  @Property(seed = SEED)
  void anEscapedTextIsReadBackAndHasNoLineBreak(
      @ForAll
          @StringLength(max = 40)
          @CharRange(from = '\u0000', to = '\u007f')
          @Chars({'"', '\\', '\n', '\r', '\u0001', '\u001f', 'é', '€', '\u2028'})
          String text) {
    byte[] escaped = OneLine.escaped(text.getBytes(StandardCharsets.UTF_8)).getBytes();
    String json = new String(escaped, StandardCharsets.UTF_8);

    assertFalse(json.contains("\n") || json.contains("\r"));
    assertEquals(text, new JsonArray("[\"" + json + "\"]").getString(0));
  }

  /** Cuts texts as chunks do: between any two bytes, also inside a character or an escape. */
  @Property(seed = SEED)
  void piecesEscapedOneByOneAreTheWholeEscaped(@ForAll byte[] text, @ForAll byte place) {
    int at = text.length == 0 ? 0 : Math.floorMod(place, text.length);
    byte[] head = Arrays.copyOf(text, at);
    byte[] tail = Arrays.copyOfRange(text, at, text.length);

    assertEquals(OneLine.escaped(text), OneLine.escaped(head).appendBuffer(OneLine.escaped(tail)));
  }
}

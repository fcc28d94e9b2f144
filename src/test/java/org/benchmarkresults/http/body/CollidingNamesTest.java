package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.http.CollidingNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Names of members with equal hash codes, in data and in the envelope. The timeouts detect
 * quadratic time, which takes minutes for these bodies; linear time is well below a second.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollidingNamesTest {
  private static final String BEGINNING =
      "{\"timestamp\":\"t\",\"benchmark_name\":\"b\",\"run_id\":\"r\",";
  private static final int BODY_BYTES = 48 << 20;

  private static EnvelopeReader.Parsed cut(String body) {
    return EnvelopeReader.parse(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), 512);
  }

  private static String members(List<String> names, int bytes) {
    StringBuilder members = new StringBuilder(bytes + 64);
    for (int i = 0; members.length() < bytes; i++) {
      members
          .append(i == 0 ? "" : ",")
          .append('"')
          .append(names.get(i % names.size()))
          .append("\":1");
    }
    return members.toString();
  }

  @Test
  void stringHashCollisionsInDataTakeLinearTime() {
    String members = members(CollidingNames.ofStrings(13), BODY_BYTES);

    assertNotNull(cut(BEGINNING + "\"data\":{" + members + "}}").data());
  }

  @Test
  void quadHashCollisionsInDataTakeLinearTime() {
    String members = members(CollidingNames.ofQuads(8_000), BODY_BYTES);

    assertNotNull(cut(BEGINNING + "\"data\":{" + members + "}}").data());
  }

  @Test
  void collisionsInStringifiedDataTakeLinearTime() {
    String members = members(CollidingNames.ofStrings(13), BODY_BYTES).replace("\"", "\\\"");

    EnvelopeReader.Parsed cut = cut(BEGINNING + "\"data\":\"{" + members + "}\"}");

    assertNotNull(cut.data());
    assertEquals('{', cut.data().text().charAt(0));
  }

  @Test
  void collisionsOfExtraFieldsTakeLinearTime() {
    List<String> names = CollidingNames.ofStrings(12);
    String members = '"' + String.join("\":1,\"", names) + "\":1";

    assertEquals(names.size(), cut(BEGINNING + members + ",\"data\":1}").extra().size());
  }

  /** The parser must not intern names in a table again. */
  @Test
  void collidingNamesAreKept() {
    EnvelopeReader.Parsed cut =
        cut("{\"é\\u00e9\":\"ü\",\"\\ud83d\\ude00😀\":2,\"source\":\"ß\\n\",\"data\":{\"ä\":1}}");

    assertEquals(List.of("éé", "😀😀"), cut.extra().stream().map(member -> member.name()).toList());
    assertEquals("ß\n", cut.head().getString("source"));
    assertTrue(cut.faults().isEmpty());
  }
}

package org.benchmarkresults.model.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records and the values that they refuse. */
class ModelTest {
  private static final String SHA_256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void theResultNameJoinsTheThreePartsOfTheKey() {
    ResultKey key =
        new ResultKey("2026-04-21T12:45:25.391040Z", "Nvidia Eval", "20260421_124425_17");

    String name = key.resultName();

    assertEquals("2026-04-21T12:45:25.391040Z-Nvidia Eval-20260421_124425_17", name);
  }

  @Test
  void keysThatReadTheSameWhenJoinedAreDifferent() {
    ResultKey left = new ResultKey("t", "a-b", "c");
    ResultKey right = new ResultKey("t", "a", "b-c");

    assertEquals(left.resultName(), right.resultName());
    assertNotEquals(left, right);
  }

  @ParameterizedTest
  @CsvSource({
    "'', b, r, timestamp is empty",
    "t, '', r, benchmarkName is empty",
    "t, b, '', runId is empty"
  })
  void aKeyHasNoEmptyPart(String timestamp, String benchmarkName, String runId, String sentence) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new ResultKey(timestamp, benchmarkName, runId));

    assertEquals(sentence, refused.getMessage());
  }

  @Test
  void theDigestIsTheSha256OfWhatIsLeftInTheBuffer() {
    ByteBuffer bytes = ByteBuffer.wrap("xxabcxx".getBytes(StandardCharsets.UTF_8), 2, 3);

    Digest digest = Digest.of(bytes);

    assertEquals(
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest.text());
    assertEquals(3, bytes.remaining());
  }

  @Test
  void theDigestOfNothingIsKnown() {
    Digest digest = Digest.of(ByteBuffer.allocate(0));

    assertEquals(SHA_256_OF_NOTHING, digest.hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:", "sha256:abc", "md5:e3b0c44298fc1c149afbf4c8996fb924"})
  void whatIsNoDigestIsRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Digest(text));

    assertEquals("not a digest: " + text, refused.getMessage());
  }

  @Test
  void rawJsonIsWhatItsBufferShows() {
    RawJson json =
        new RawJson(
            ByteBuffer.wrap("{\"a\":[é]}".getBytes(StandardCharsets.UTF_8), 5, 4).slice(), 0);

    byte[] copy = json.toByteArray();

    assertArrayEquals("[é]".getBytes(StandardCharsets.UTF_8), copy);
    assertEquals("[é]", json.text());
    assertEquals(4, json.size());
  }

  @Test
  void rawJsonNeverShowsItsTextInALog() {
    RawJson json = RawJson.of("\"private\"");

    String shown = new ExtraField("m", json).toString();

    assertFalse(shown.contains("private"), shown);
    assertTrue(shown.contains("9 bytes"), shown);
  }

  @Test
  void rawJsonOffTheHeapIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new RawJson(ByteBuffer.allocateDirect(1), 0));
  }

  @Test
  void aListThatWasGivenCanBeChangedAfterwards() {
    List<ExtraField> given = new ArrayList<>(List.of(new ExtraField("a", RawJson.of("1"))));
    Envelope envelope = new Envelope(new ResultKey("t", "b", "r"), null, null, null, given);

    given.clear();

    assertEquals(1, envelope.extra().size());
  }
}

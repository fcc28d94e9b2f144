package org.benchmarkresults.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.Digest;
import org.benchmarkresults.model.Envelope;
import org.benchmarkresults.model.ResultKey;
import org.benchmarkresults.model.ResultSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags, and when a reader has the thing already. */
class EntityTagsTest {
  private static final Digest ONE = Digest.of(ByteBuffer.wrap(new byte[] {'1'}));
  private static final Digest TWO = Digest.of(ByteBuffer.wrap(new byte[] {'2'}));
  private static final String TAG = "\"tag\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tag\"",
        " \"tag\" ",
        "W/\"tag\"",
        "*",
        " * ",
        "\"other\", \"tag\"",
        "\"tag\",\"other\"",
        "W/\"a\" ,W/\"tag\"",
        "\"a,b\", \"tag\""
      })
  void aReaderThatNamesTheTagHasIt(String ifNoneMatch) {
    boolean matches = EntityTags.matches(ifNoneMatch, TAG);

    assertTrue(matches);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", " ", ",", "\"other\"", "tag", "\"tag", "\"TAG\"", "w/\"tag\"", "W/*", "**"})
  void aReaderThatDoesNotNameTheTagHasItNot(String ifNoneMatch) {
    boolean matches = EntityTags.matches(ifNoneMatch, TAG);

    assertFalse(matches);
  }

  @Test
  void theTagOfAResultChangesWithVersionAndData() {
    String first = EntityTags.ofResult(summary(1, ONE));

    assertNotEquals(first, EntityTags.ofResult(summary(2, ONE)));
    assertNotEquals(first, EntityTags.ofResult(summary(1, TWO)));
    assertEquals(first, EntityTags.ofResult(1, ONE.hex()));
  }

  @Test
  void theTagOfTheDataIsItsDigestWhateverTheVersion() {
    String tag = EntityTags.ofData(summary(1, ONE));

    assertEquals('"' + ONE.hex() + '"', tag);
    assertEquals(tag, EntityTags.ofData(summary(2, ONE)));
  }

  private static ResultSummary summary(int version, Digest digest) {
    Envelope envelope = new Envelope(new ResultKey("t", "b", "r"), null, null, null, List.of());
    return new ResultSummary(envelope, null, version, 1, digest, 0, Instant.EPOCH, Instant.EPOCH);
  }
}

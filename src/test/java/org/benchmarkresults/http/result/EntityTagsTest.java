package org.benchmarkresults.http.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.version.VersionTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags, and when a reader has the thing already. */
class EntityTagsTest {
  private static final Digest ONE = Digest.of(ByteBuffer.wrap(new byte[] {'1'}));
  private static final Digest TWO = Digest.of(ByteBuffer.wrap(new byte[] {'2'}));
  private static final ResultKey KEY = new ResultKey("t", "b", "r");
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
    assertEquals(first, EntityTags.ofResult(1, ONE, envelope("model")));
  }

  /** A name may be deleted and stored anew, and then its first version is another one. */
  @Test
  void theTagOfAResultChangesWithItsEnvelope() {
    List<Envelope> envelopes =
        List.of(
            envelope(null),
            envelope(""),
            envelope("model"),
            new Envelope(KEY, null, "model", null, List.of()),
            new Envelope(KEY, null, null, "model", List.of()),
            new Envelope(KEY, null, null, null, List.of(new ExtraField("a", RawJson.of("1")))),
            new Envelope(KEY, null, null, null, List.of(new ExtraField("a", RawJson.of("1.0")))),
            new Envelope(KEY, null, null, null, List.of(new ExtraField("b", RawJson.of("1")))));

    Set<String> tags =
        envelopes.stream()
            .map(envelope -> EntityTags.ofResult(1, ONE, envelope))
            .collect(Collectors.toSet());

    assertEquals(envelopes.size(), tags.size());
  }

  @Test
  void theTagsOfAConditionNameTheVersionsTheyWereMadeOf() {
    String first = EntityTags.ofResult(summary(1, ONE));
    String second = EntityTags.ofResult(summary(2, TWO));

    List<VersionTag> named =
        EntityTags.versions(first + ",W/" + first + " , \"x\", " + second + ", 3");

    assertEquals(
        List.of(
            VersionTag.of(1, ONE, envelope("model")),
            VersionTag.of(1, ONE, envelope("model")),
            VersionTag.of(2, TWO, envelope("model"))),
        named);
    assertTrue(named.get(0).matches(summary(1, ONE)));
    assertFalse(named.get(0).matches(summary(2, ONE)));
    assertFalse(named.get(0).matches(summary(1, TWO)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"*", " * "})
  void aConditionThatNamesNoVersionIsNone(String ifMatch) {
    assertNull(EntityTags.versions(ifMatch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"1-of another\"", "W/\"1-00\"", "99999999999-00"})
  void aConditionThatIsNotUnderstoodIsNeverMet(String ifMatch) {
    assertEquals(List.of(), EntityTags.versions(ifMatch));
  }

  @Test
  void theTagOfTheDataIsItsDigestWhateverTheVersion() {
    String tag = EntityTags.ofData(summary(1, ONE));

    assertEquals('"' + ONE.hex() + '"', tag);
    assertEquals(tag, EntityTags.ofData(summary(2, ONE)));
  }

  private static ResultSummary summary(int version, Digest digest) {
    return new ResultSummary(
        envelope("model"), null, version, 1, digest, 0, Instant.EPOCH, Instant.EPOCH);
  }

  private static Envelope envelope(String modelId) {
    return new Envelope(KEY, modelId, null, null, List.of());
  }
}

package org.benchmarkresults.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.benchmarkresults.model.search.PageKey;

/** Cursors are read back as their keys, and no other text is accepted. */
class CursorPropertiesTest {
  private static final String SEED = "20261125";
  private static final String QUESTION = "raw_input&sort=-timestamp";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";

  @Provide
  Arbitrary<PageKey> keys() {
    Arbitrary<String> texts =
        Arbitraries.strings().filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    Arbitrary<Instant> moments = Arbitraries.longs().map(Instant::ofEpochMilli);
    return Combinators.combine(moments.injectNull(0.3), texts.injectNull(0.3), moments, texts)
        .as(PageKey::new);
  }

  @Property(seed = SEED)
  void aCursorIsReadBackAsItsKey(@ForAll("keys") PageKey key, @ForAll String question) {
    String cursor = Cursor.write(key, question);

    assertEquals(key, Cursor.read(cursor, question));
    assertEquals(cursor, cursor.replaceAll("[^A-Za-z0-9_-]", ""));
  }

  @Property(seed = SEED)
  void aCursorWithAnyLetterChangedIsRefused(
      @ForAll("keys") PageKey key, @ForAll @IntRange(max = 9_999) int place, @ForAll char letter) {
    String cursor = Cursor.write(key, QUESTION);
    int at = place % cursor.length();
    char other = LETTERS.charAt(letter % LETTERS.length());
    Assume.that(other != cursor.charAt(at));

    refused(cursor.substring(0, at) + other + cursor.substring(at + 1), QUESTION);
  }

  @Property(seed = SEED)
  void aCursorThatIsShorterOrLongerIsRefused(
      @ForAll("keys") PageKey key, @ForAll @IntRange(max = 9_999) int place) {
    String cursor = Cursor.write(key, QUESTION);

    refused(cursor.substring(0, place % cursor.length()), QUESTION);
    refused(cursor + LETTERS.charAt(place % LETTERS.length()), QUESTION);
  }

  @Property(seed = SEED)
  void aCursorOfAnotherQuestionIsRefused(
      @ForAll("keys") PageKey key, @ForAll String question, @ForAll String another) {
    Assume.that(!question.equals(another));

    refused(Cursor.write(key, question), another);
  }

  @Property(seed = SEED)
  void anyTextIsRefused(@ForAll String text) {
    refused(text, QUESTION);
  }

  /** The digest is no secret: whoever reads the sources can make one. */
  @Property(seed = SEED)
  void whateverIsForgedIsAMarkOrRefused(
      @ForAll @Size(max = 64) byte[] payload, @ForAll boolean rightVersion) {
    if (rightVersion && payload.length > 0) {
      payload[0] = 1;
    }

    try {
      assertEquals(PageKey.class, Cursor.read(signed(payload), QUESTION).getClass());
    } catch (QueryRefused expected) {
      assertEquals("cursor", expected.parameter());
    }
  }

  @Example
  void aForgedLengthOfATextIsNotBelieved() {
    for (int length : new int[] {-1, Integer.MIN_VALUE, 5, Integer.MAX_VALUE}) {
      byte[] payload =
          ByteBuffer.allocate(18)
              .put((byte) 1)
              .put((byte) 2)
              .putLong(0)
              .putInt(length)
              .put("text".getBytes(StandardCharsets.UTF_8))
              .array();

      refused(signed(payload), QUESTION);
    }
  }

  private static String signed(byte[] payload) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(payload);
      byte[] digest = sha256.digest(QUESTION.getBytes(StandardCharsets.UTF_8));
      byte[] bytes = Arrays.copyOf(payload, payload.length + 12);
      System.arraycopy(digest, 0, bytes, payload.length, 12);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void refused(String cursor, String question) {
    QueryRefused refused =
        assertThrows(QueryRefused.class, () -> Cursor.read(cursor, question), cursor);
    assertEquals("cursor", refused.parameter());
  }
}

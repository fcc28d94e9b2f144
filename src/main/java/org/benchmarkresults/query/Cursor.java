package org.benchmarkresults.query;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.benchmarkresults.model.search.Mark;

/**
 * Marks as opaque texts for URLs. A cursor carries a digest over itself and over the question it
 * was given for, so that one that was changed, or is sent with another filter or order, is refused
 * instead of leading astray. It is no secret: it opens nothing that the question itself does not.
 *
 * <p>Bytes, in base64url without padding: version, flags (1: a moment, 2: a text), milliseconds of
 * the first receipt (int64), of the moment if any (int64), length (int32) and UTF-8 of the text if
 * any, UTF-8 of the id, the first 12 bytes of the SHA-256 of all that and the question.
 */
public final class Cursor {
  private static final byte VERSION = 1;
  private static final int MOMENT = 1;
  private static final int TEXT = 2;
  private static final int DIGEST_BYTES = 12;

  private Cursor() {}

  /**
   * The cursor of a mark.
   *
   * @param question all that the mark depends on, in one form
   */
  public static String write(Mark mark, String question) {
    byte[] id = mark.id().getBytes(StandardCharsets.UTF_8);
    byte[] text = mark.text() == null ? new byte[0] : mark.text().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 + 8 + 8 + 4 + text.length + id.length + DIGEST_BYTES);
    int flags = (mark.moment() == null ? 0 : MOMENT) | (mark.text() == null ? 0 : TEXT);
    bytes.put(VERSION).put((byte) flags).putLong(mark.firstReceivedAt().toEpochMilli());
    if (mark.moment() != null) {
      bytes.putLong(mark.moment().toEpochMilli());
    }
    if (mark.text() != null) {
      bytes.putInt(text.length).put(text);
    }
    bytes.put(id);
    bytes.put(digest(Arrays.copyOf(bytes.array(), bytes.position()), question));
    byte[] whole = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * The mark of a cursor.
   *
   * @throws QueryRefused when it was not written for this question
   */
  public static Mark read(String cursor, String question) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      int end = Math.max(0, bytes.length - DIGEST_BYTES);
      byte[] payload = Arrays.copyOf(bytes, end);
      byte[] digest = Arrays.copyOfRange(bytes, end, bytes.length);
      // The last letter of base64 has spare bits: what reads the same must be the same.
      boolean asWritten =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(cursor);
      if (asWritten && MessageDigest.isEqual(digest, digest(payload, question))) {
        return mark(ByteBuffer.wrap(payload));
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      // Said below.
    }
    throw refused();
  }

  /**
   * The text that a page of texts ended with.
   *
   * @throws QueryRefused when the cursor was not written for this question
   */
  public static String readText(String cursor, String question) {
    Mark mark = read(cursor, question);
    String text = mark.text();
    // Anybody can make a digest: what was never written is not read either.
    if (text == null || !mark.equals(Mark.at(text))) {
      throw refused();
    }
    return text;
  }

  /**
   * The mark of a page that is ordered by time alone.
   *
   * @param id what all ids look like
   * @throws QueryRefused when the cursor was not written for this question
   */
  public static Mark readMoment(String cursor, String question, Pattern id) {
    Mark mark = read(cursor, question);
    if (mark.text() != null || mark.moment() != null || !id.matcher(mark.id()).matches()) {
      throw refused();
    }
    return mark;
  }

  private static QueryRefused refused() {
    return new QueryRefused(
        "cursor", "is none that was given for this list, filter and sort; begin again without it");
  }

  private static Mark mark(ByteBuffer bytes) {
    if (bytes.get() != VERSION) {
      throw new IllegalArgumentException("written by another release");
    }
    int flags = bytes.get();
    Instant firstReceivedAt = Instant.ofEpochMilli(bytes.getLong());
    Instant moment = (flags & MOMENT) == 0 ? null : Instant.ofEpochMilli(bytes.getLong());
    String text = (flags & TEXT) == 0 ? null : text(bytes, bytes.getInt());
    return new Mark(moment, text, firstReceivedAt, text(bytes, bytes.remaining()));
  }

  /** The digest can be made by anybody: a length is believed only as far as there are bytes. */
  private static String text(ByteBuffer bytes, int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] digest(byte[] payload, String question) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(payload);
      sha256.update(question.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha256.digest(), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

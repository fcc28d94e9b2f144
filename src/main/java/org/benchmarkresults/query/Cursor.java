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
import org.benchmarkresults.model.search.PageKey;

/**
 * The text form of a {@link PageKey} in URLs. A cursor holds a digest of itself and of the query it
 * was issued for, so that a changed one, or one that is sent with another filter or sort, is
 * refused instead of giving wrong pages. The digest is no signature: anybody can compute it, and a
 * cursor grants nothing that the query itself does not.
 *
 * <p>Bytes, in base64url without padding: version, flags (1: a moment, 2: a text), milliseconds of
 * the receipt (int64), of the moment if any (int64), length (int32) and UTF-8 of the text if any,
 * UTF-8 of the id, the first 12 bytes of the SHA-256 of all that and the query.
 */
public final class Cursor {
  private static final byte VERSION = 1;
  private static final int MOMENT = 1;
  private static final int TEXT = 2;
  private static final int DIGEST_BYTES = 12;

  private Cursor() {}

  /**
   * Writes the cursor of a key.
   *
   * @param query all parameters that the key depends on, in a canonical form
   */
  public static String write(PageKey key, String query) {
    byte[] id = key.id().getBytes(StandardCharsets.UTF_8);
    byte[] text = key.text() == null ? new byte[0] : key.text().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 + 8 + 8 + 4 + text.length + id.length + DIGEST_BYTES);
    int flags = (key.moment() == null ? 0 : MOMENT) | (key.text() == null ? 0 : TEXT);
    bytes.put(VERSION).put((byte) flags).putLong(key.receivedAt().toEpochMilli());
    if (key.moment() != null) {
      bytes.putLong(key.moment().toEpochMilli());
    }
    if (key.text() != null) {
      bytes.putInt(text.length).put(text);
    }
    bytes.put(id);
    bytes.put(digest(Arrays.copyOf(bytes.array(), bytes.position()), query));
    byte[] whole = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * Reads the key of a cursor.
   *
   * @throws QueryRefused when it was not issued for this query
   */
  public static PageKey read(String cursor, String query) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      int end = Math.max(0, bytes.length - DIGEST_BYTES);
      byte[] payload = Arrays.copyOf(bytes, end);
      byte[] digest = Arrays.copyOfRange(bytes, end, bytes.length);
      // The last letter of base64 has spare bits: each key has one cursor only.
      boolean asWritten =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(cursor);
      if (asWritten && MessageDigest.isEqual(digest, digest(payload, query))) {
        return key(ByteBuffer.wrap(payload));
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      // Refused below.
    }
    throw refused();
  }

  /**
   * Reads the last text of a page of texts.
   *
   * @throws QueryRefused when the cursor was not issued for this query
   */
  public static String readText(String cursor, String query) {
    PageKey key = read(cursor, query);
    String text = key.text();
    // A forged cursor can have a right digest and the key of another kind of list.
    if (text == null || !key.equals(PageKey.of(text))) {
      throw refused();
    }
    return text;
  }

  /**
   * Reads the key of a page that is ordered by the time of receipt.
   *
   * @param id matches all valid ids
   * @throws QueryRefused when the cursor was not issued for this query
   */
  public static PageKey readMoment(String cursor, String query, Pattern id) {
    PageKey key = read(cursor, query);
    if (key.text() != null || key.moment() != null || !id.matcher(key.id()).matches()) {
      throw refused();
    }
    return key;
  }

  private static QueryRefused refused() {
    return new QueryRefused(
        "cursor", "was not issued for this list, filter and sort; start again without it");
  }

  private static PageKey key(ByteBuffer bytes) {
    if (bytes.get() != VERSION) {
      throw new IllegalArgumentException("written by another release");
    }
    int flags = bytes.get();
    Instant receivedAt = Instant.ofEpochMilli(bytes.getLong());
    Instant moment = (flags & MOMENT) == 0 ? null : Instant.ofEpochMilli(bytes.getLong());
    String text = (flags & TEXT) == 0 ? null : text(bytes, bytes.getInt());
    return new PageKey(moment, text, receivedAt, text(bytes, bytes.remaining()));
  }

  /** The length may be forged: it is checked against the bytes that are there. */
  private static String text(ByteBuffer bytes, int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] digest(byte[] payload, String query) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(payload);
      sha256.update(query.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha256.digest(), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

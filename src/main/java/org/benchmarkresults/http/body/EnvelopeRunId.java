package org.benchmarkresults.http.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Derives the run id of a result without one from its envelope: a UUID of version 5 (RFC 9562
 * section 5.5). So the raw and the standardized result of one run, and retries of a request, get
 * the same id.
 *
 * <p>The UUID's name is the concatenation of timestamp, benchmark name, model, tokenizer and
 * source, each as its length in UTF-8 bytes, a colon and the bytes, or {@code -} when it is missing
 * or null.
 */
public final class EnvelopeRunId {
  /** A random constant; changing it changes the ids of results. */
  private static final UUID NAMESPACE = UUID.fromString("6f1d8a52-9c3b-4e57-8a0e-2b7c4d9e1f63");

  private static final int VERSION_5 = 0x5000;

  private EnvelopeRunId() {}

  public static String of(
      String timestamp,
      String benchmarkName,
      @Nullable String modelId,
      @Nullable String tokenizerId,
      @Nullable String source) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .flip());
    for (@Nullable String text :
        new @Nullable String[] {timestamp, benchmarkName, modelId, tokenizerId, source}) {
      update(sha1, text);
    }
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest());
    long timeAndVersion = (digest.getLong() & ~0xf000L) | VERSION_5;
    long variantAndRest = (digest.getLong() & (-1L >>> 2)) | Long.MIN_VALUE;
    return new UUID(timeAndVersion, variantAndRest).toString();
  }

  private static void update(MessageDigest sha1, @Nullable String text) {
    if (text == null) {
      sha1.update((byte) '-');
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha1.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha1.update(bytes);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }
}

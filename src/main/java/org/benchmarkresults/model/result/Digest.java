package org.benchmarkresults.model.result;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of some bytes; equal digests are what "same data" means.
 *
 * @param text {@code sha256:} and 64 lower-case hex digits
 */
public record Digest(String text) {
  private static final String PREFIX = "sha256:";

  public Digest {
    if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + 64) {
      throw new IllegalArgumentException("not a digest: " + text);
    }
  }

  /** The digest of what is left in the buffer, whose position stays where it is. */
  public static Digest of(ByteBuffer bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes.duplicate());
      return new Digest(PREFIX + HexFormat.of().formatHex(sha256.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The 64 hex digits alone. */
  public String hex() {
    return text.substring(PREFIX.length());
  }
}

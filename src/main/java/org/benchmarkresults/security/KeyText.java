package org.benchmarkresults.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.model.result.Digest;

/**
 * The text of an API key: {@code br_}, the id in 16 hex digits, {@code _}, 256 random bits in 43
 * letters of base64url. Secret scanners recognise the prefix.
 *
 * <p>{@link #toString} shows only the id.
 */
public final class KeyText {
  static final String BEGIN = "br_";

  private static final Pattern FORM = Pattern.compile(BEGIN + "([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;

  private final String id;
  private final String secret;

  private KeyText(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /** Creates a key. */
  public static KeyText random() {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    return new KeyText(
        HexFormat.of().formatHex(id),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Parses a key; empty when the text has another form. */
  public static Optional<KeyText> of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new KeyText(form.group(1), form.group(2)))
        : Optional.empty();
  }

  public String id() {
    return id;
  }

  /**
   * SHA-256 of the secret. A secret of 256 random bits cannot be guessed, so a slow or salted hash
   * would add nothing.
   */
  public Digest digest() {
    return Digest.of(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The whole key, including its secret. */
  public String reveal() {
    return BEGIN + id + "_" + secret;
  }

  @Override
  public String toString() {
    return BEGIN + id + "_…";
  }
}

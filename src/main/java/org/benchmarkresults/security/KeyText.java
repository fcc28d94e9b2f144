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
 * An API key as its holder has it: {@code br_}, the id in 16 hex digits, {@code _}, 256 random bits
 * in 43 letters of base64url. The beginning lets scanners find keys that were published by mistake.
 *
 * <p>The text form shows the id alone.
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

  /** A new one. */
  public static KeyText random() {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    return new KeyText(
        HexFormat.of().formatHex(id),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** The key that a text is; empty when it has another form. */
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
   * Of the secret. It is as random as a digest itself: nothing can be guessed that a slow or a
   * salted digest would protect.
   */
  public Digest digest() {
    return Digest.of(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The whole key, for its holder and nobody else. */
  public String reveal() {
    return BEGIN + id + "_" + secret;
  }

  @Override
  public String toString() {
    return BEGIN + id + "_…";
  }
}

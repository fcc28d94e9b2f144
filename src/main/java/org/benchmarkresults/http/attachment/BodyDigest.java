package org.benchmarkresults.http.attachment;

import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.Digest;

/**
 * The SHA-256 that a request declares of its body, in {@code Content-Digest} or {@code Repr-Digest}
 * (RFC 9530). Both are of the bytes as they are sent, compressed if they are.
 */
final class BodyDigest {
  static final String CONTENT = "Content-Digest";
  static final String REPRESENTATION = "Repr-Digest";
  private static final int BYTES = 32;

  /** A member of the dictionary; other algorithms are not checked. */
  private static final Pattern SHA_256 =
      Pattern.compile("(?:^|,)[ \\t]*sha-256[ \\t]*=([^,]*)(?=,|$)");

  private static final Pattern BINARY = Pattern.compile("[ \\t]*:([A-Za-z0-9+/=]*):[ \\t]*(;.*)?");

  private final List<byte[]> declared = new ArrayList<>();

  /**
   * Reads both headers.
   *
   * @throws ProblemException 400 when a declared SHA-256 is not one
   */
  static BodyDigest of(HttpServerRequest request) {
    BodyDigest digest = new BodyDigest();
    for (String header : List.of(CONTENT, REPRESENTATION)) {
      String value = String.join(",", request.headers().getAll(header));
      Matcher member = SHA_256.matcher(value);
      while (member.find()) {
        digest.declared.add(bytes(header, member.group(1)));
      }
    }
    return digest;
  }

  private static byte[] bytes(String header, String value) {
    Matcher binary = BINARY.matcher(value);
    if (binary.matches()) {
      try {
        byte[] bytes = Base64.getDecoder().decode(binary.group(1));
        if (bytes.length == BYTES) {
          return bytes;
        }
      } catch (IllegalArgumentException e) {
        // Not Base64, as below.
      }
    }
    throw new ProblemException(
        Problem.of(
            400,
            "invalid-digest",
            header + " must be sha-256=:BASE64:, with the Base64 of 32 bytes (RFC 9530)."));
  }

  boolean isDeclared() {
    return !declared.isEmpty();
  }

  /**
   * Compares with the bytes that arrived.
   *
   * @throws ProblemException 400 when they are others
   */
  void require(byte[] actual) {
    for (byte[] expected : declared) {
      if (!MessageDigest.isEqual(expected, actual)) {
        throw new ProblemException(
            Problem.of(
                400,
                "digest-mismatch",
                "The body has the SHA-256 "
                    + base64(actual)
                    + " and not the declared "
                    + base64(expected)
                    + "; nothing was stored. Send it again."));
      }
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The value of {@code Repr-Digest} in a response. */
  static String header(Digest digest) {
    return "sha-256=:" + base64(java.util.HexFormat.of().parseHex(digest.hex())) + ":";
  }
}

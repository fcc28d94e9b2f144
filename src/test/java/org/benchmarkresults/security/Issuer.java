package org.benchmarkresults.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** An OpenID Connect provider's key, and tokens signed with it. Uses the JDK alone. */
public final class Issuer {
  /** A JWS algorithm and its names in the JDK. */
  public enum Algorithm {
    RS256("RSA", 2048, "SHA256withRSA"),
    ES256("EC", 256, "SHA256withECDSAinP1363Format"),
    EdDSA("Ed25519", 0, "Ed25519"),
    Ed448("Ed448", 0, "Ed448");

    private final String family;
    private final int size;
    private final String signature;

    Algorithm(String family, int size, String signature) {
      this.family = family;
      this.size = size;
      this.signature = signature;
    }

    String jws() {
      return this == Ed448 ? "EdDSA" : name();
    }
  }

  private final String keyId;
  private final Algorithm algorithm;
  private final KeyPair pair;

  public Issuer(String keyId) {
    this(keyId, Algorithm.RS256);
  }

  public Issuer(String keyId, Algorithm algorithm) {
    this.keyId = keyId;
    this.algorithm = algorithm;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family);
      if (algorithm.size > 0) {
        generator.initialize(algorithm.size);
      }
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key set that it publishes. */
  public JsonObject keySet() {
    return new JsonObject().put("keys", new JsonArray().add(key()));
  }

  /** The public key as a JWK. */
  public JsonObject key() {
    JsonObject key =
        new JsonObject().put("use", "sig").put("alg", algorithm.jws()).put("kid", keyId);
    return switch (pair.getPublic()) {
      case RSAPublicKey rsa ->
          key.put("kty", "RSA")
              .put("n", text(rsa.getModulus()))
              .put("e", text(rsa.getPublicExponent()));
      case ECPublicKey ec ->
          key.put("kty", "EC")
              .put("crv", "P-256")
              .put("x", text(padded(ec.getW().getAffineX())))
              .put("y", text(padded(ec.getW().getAffineY())));
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        int length = algorithm == Algorithm.Ed448 ? 57 : 32;
        yield key.put("kty", "OKP")
            .put("crv", algorithm.family)
            .put("x", text(Arrays.copyOfRange(encoded, encoded.length - length, encoded.length)));
      }
    };
  }

  /** A token that holds the claims. */
  public String sign(JsonObject claims) {
    return sign(new JsonObject(), claims);
  }

  /** A token that holds the claims, with further members in its header. */
  public String sign(JsonObject header, JsonObject claims) {
    String unsigned = unsigned(algorithm.jws(), header, claims);
    try {
      Signature signature = Signature.getInstance(algorithm.signature);
      signature.initSign(pair.getPrivate());
      signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + text(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Header and claims, without a signature. */
  public String unsigned(String name, JsonObject claims) {
    return unsigned(name, new JsonObject(), claims);
  }

  private String unsigned(String name, JsonObject more, JsonObject claims) {
    JsonObject header =
        new JsonObject().put("alg", name).put("typ", "JWT").put("kid", keyId).mergeIn(more);
    return text(header.toBuffer().getBytes()) + "." + text(claims.toBuffer().getBytes());
  }

  /** The public key as bytes, which a verifier that confuses algorithms would use as a secret. */
  public byte[] publicKey() {
    return pair.getPublic().getEncoded();
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return text(Arrays.copyOfRange(bytes, bytes[0] == 0 ? 1 : 0, bytes.length));
  }

  /** A coordinate of P-256 in 32 bytes. */
  private static byte[] padded(BigInteger number) {
    byte[] bytes = new byte[32];
    byte[] digits = number.toByteArray();
    int length = Math.min(32, digits.length);
    System.arraycopy(digits, digits.length - length, bytes, 32 - length, length);
    return bytes;
  }

  public static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

package org.benchmarkresults.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** An OpenID Connect provider's key, and the tokens that it signs. Made of the JDK alone. */
public final class Issuer {
  private final String keyId;
  private final KeyPair pair;

  public Issuer(String keyId) {
    this.keyId = keyId;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key set that it publishes. */
  public JsonObject keySet() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    JsonObject published =
        new JsonObject()
            .put("kty", "RSA")
            .put("use", "sig")
            .put("alg", "RS256")
            .put("kid", keyId)
            .put("n", text(key.getModulus()))
            .put("e", text(key.getPublicExponent()));
    return new JsonObject().put("keys", new JsonArray().add(published));
  }

  /** A token that holds the claims. */
  public String sign(JsonObject claims) {
    return sign(new JsonObject(), claims);
  }

  /** A token that holds the claims, with further members in its header. */
  public String sign(JsonObject header, JsonObject claims) {
    String unsigned = unsigned("RS256", header, claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + text(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Header and claims, without a signature. */
  public String unsigned(String algorithm, JsonObject claims) {
    return unsigned(algorithm, new JsonObject(), claims);
  }

  private String unsigned(String algorithm, JsonObject more, JsonObject claims) {
    JsonObject header =
        new JsonObject().put("alg", algorithm).put("typ", "JWT").put("kid", keyId).mergeIn(more);
    return text(header.toBuffer().getBytes()) + "." + text(claims.toBuffer().getBytes());
  }

  /** The modulus as bytes: what a verifier that mixes up kinds of keys would take for a secret. */
  public byte[] publicKey() {
    return pair.getPublic().getEncoded();
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return text(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }

  public static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

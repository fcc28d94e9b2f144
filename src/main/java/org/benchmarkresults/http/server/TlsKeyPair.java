package org.benchmarkresults.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.X509KeyManager;
import org.benchmarkresults.model.result.Digest;

/**
 * A certificate and its private key from PEM files, verified to belong together.
 *
 * @param digest of both files
 * @param expires end of the certificate's validity
 */
record TlsKeyPair(PemKeyCertOptions options, Digest digest, Instant expires) {
  private static final byte[] PROBE = {1};

  /**
   * Reads both files; blocks.
   *
   * @throws IOException with a message for operators, when the files cannot be read, are not PEM,
   *     or do not match
   */
  static TlsKeyPair read(Vertx vertx, String certificatePath, String keyPath) throws IOException {
    Buffer certificates = read(certificatePath, "http.tls_certificate");
    Buffer key = read(keyPath, "http.tls_key");
    PemKeyCertOptions options = new PemKeyCertOptions().addCertValue(certificates).addKeyValue(key);
    try {
      X509KeyManager manager =
          (X509KeyManager) options.getKeyManagerFactory(vertx).getKeyManagers()[0];
      String alias = options.loadKeyStore(vertx).aliases().nextElement();
      X509Certificate first = manager.getCertificateChain(alias)[0];
      requirePair(manager.getPrivateKey(alias), first.getPublicKey());
      Buffer both = certificates.copy().appendBuffer(key);
      return new TlsKeyPair(
          options, Digest.of(ByteBuffer.wrap(both.getBytes())), first.getNotAfter().toInstant());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // Without the message, which may quote the key.
      throw new IOException(
          "http.tls_certificate and http.tls_key are not a certificate and a key in PEM: "
              + e.getClass().getSimpleName());
    }
  }

  private static Buffer read(String path, String setting) throws IOException {
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(path)));
    } catch (IOException e) {
      throw new IOException(setting + " cannot be read: " + path, e);
    }
  }

  private static void requirePair(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException, IOException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(PROBE);
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(PROBE);
    if (!verifier.verify(signer.sign())) {
      throw new IOException(
          "http.tls_key is not the key of the certificate in http.tls_certificate");
    }
  }
}

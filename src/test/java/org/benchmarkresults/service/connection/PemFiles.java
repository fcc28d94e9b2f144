package org.benchmarkresults.service.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A certificate that vouches for itself, with its key, as PEM; made by the JDK's keytool. */
public record PemFiles(String certificate, String key, X509Certificate parsed) {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "a";

  /**
   * @param algorithm RSA, EC or Ed25519
   */
  public static PemFiles make(Path folder, String algorithm) {
    try {
      Path store = Files.createTempFile(folder, "store", ".p12");
      Files.delete(store);
      Process keytool =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                      "-genkeypair",
                      "-alias",
                      ALIAS,
                      "-keyalg",
                      algorithm,
                      "-dname",
                      "CN=localhost",
                      "-ext",
                      "SAN=dns:localhost,ip:127.0.0.1",
                      "-validity",
                      "7",
                      "-storetype",
                      "PKCS12",
                      "-keystore",
                      store.toString(),
                      "-storepass",
                      PASSWORD))
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
      return read(store);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static PemFiles read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      X509Certificate certificate = (X509Certificate) store.getCertificate(ALIAS);
      byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      return new PemFiles(
          pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", key), certificate);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /** Writes both, as one mounted secret after the other. */
  public void write(Path certificatePath, Path keyPath) {
    try {
      Files.writeString(certificatePath, certificate);
      Files.writeString(keyPath, key);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

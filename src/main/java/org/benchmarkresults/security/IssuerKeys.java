package org.benchmarkresults.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.config.SecuritySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the issuer's JWK set (RFC 7517) from {@code security.jwks}, a URL or a file, or from the
 * URL in the issuer's discovery document (OpenID Connect Discovery 1.0, section 4). Blocks.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int SIZE_LIMIT = 1 << 20;

  private final SecuritySettings config;
  private final DefaultResourceRetriever http =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, SIZE_LIMIT);

  IssuerKeys(SecuritySettings config) {
    this.config = config;
  }

  /**
   * @throws JWKSetUnavailableException when the set cannot be read or holds no key that verifies
   *     signatures
   */
  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
      throws JWKSetUnavailableException {
    try {
      String place = config.jwks().isEmpty() ? discovered() : config.jwks();
      List<JWK> keys = keys(read(place));
      if (keys.isEmpty()) {
        throw new IOException(place + " holds no public key for signatures");
      }
      return new JWKSet(keys);
    } catch (IOException | ParseException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("issuer", config.issuer())
          .addKeyValue("reason", e.toString())
          .log("the keys of the issuer cannot be read");
      throw new JWKSetUnavailableException("the keys of the issuer cannot be read", e);
    }
  }

  private String discovered() throws IOException, ParseException {
    String issuer = config.issuer().replaceFirst("/$", "");
    Map<String, Object> document = read(issuer + "/.well-known/openid-configuration");
    if (!config.issuer().equals(document.get("issuer"))) {
      throw new IOException("the discovery document is of another issuer");
    }
    return Objects.requireNonNull(
        JSONObjectUtils.getString(document, "jwks_uri"), "the discovery document has no jwks_uri");
  }

  private Map<String, Object> read(String place) throws IOException, ParseException {
    return JSONObjectUtils.parse(
        place.matches("https?://.*")
            ? http.retrieveResource(URI.create(place).toURL()).getContent()
            : Files.readString(Path.of(place)));
  }

  /** Keys that are not understood are ignored, as RFC 7517, section 5 recommends. */
  private static List<JWK> keys(Map<String, Object> set) throws ParseException {
    List<JWK> keys = new ArrayList<>();
    for (Map<String, Object> member : members(set)) {
      try {
        JWK key = JWK.parse(member);
        // A secret key verifies nothing here: whoever could read it could sign with it.
        if (!KeyType.OCT.equals(key.getKeyType())) {
          keys.add(key);
        }
      } catch (ParseException | RuntimeException e) {
        LOG.atDebug().addKeyValue("reason", e.toString()).log("a key of the issuer is ignored");
      }
    }
    return keys;
  }

  private static List<Map<String, Object>> members(Map<String, Object> set) throws ParseException {
    Map<String, Object>[] members = JSONObjectUtils.getJSONObjectArray(set, "keys");
    return members == null ? List.of() : List.of(members);
  }

  @Override
  public void close() {}
}

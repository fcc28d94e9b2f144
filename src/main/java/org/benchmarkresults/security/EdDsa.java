package org.benchmarkresults.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** EdDSA signatures (RFC 8037) by the JDK; Nimbus verifies them only with Google Tink. */
final class EdDsa {
  /** The prefix of a public key in its X.509 form (RFC 8410). */
  private static final Map<Curve, String> PREFIXES =
      Map.of(Curve.Ed25519, "302a300506032b6570032100", Curve.Ed448, "3043300506032b6571033a00");

  private EdDsa() {}

  /** Selects the keys of all algorithms, those of EdDSA too. */
  static final class KeySelector extends JWSVerificationKeySelector<SecurityContext> {
    private final JWKSource<SecurityContext> source;

    KeySelector(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> source) {
      super(algorithms, source);
      this.source = source;
    }

    @Override
    public List<Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context)
        throws KeySourceException {
      if (!JWSAlgorithm.Family.ED.contains(header.getAlgorithm())
          || !isAllowed(header.getAlgorithm())) {
        return super.selectJWSKeys(header, context);
      }
      List<Key> keys = new ArrayList<>();
      for (JWK key : source.get(new JWKSelector(createJWKMatcher(header)), context)) {
        keys.add(publicKey((OctetKeyPair) key));
      }
      return keys;
    }

    private static PublicKey publicKey(OctetKeyPair key) throws KeySourceException {
      byte[] prefix = HexFormat.of().parseHex(PREFIXES.getOrDefault(key.getCurve(), ""));
      byte[] bytes = key.getX().decode();
      ByteBuffer encoded = ByteBuffer.allocate(prefix.length + bytes.length).put(prefix).put(bytes);
      try {
        return KeyFactory.getInstance("EdDSA")
            .generatePublic(new X509EncodedKeySpec(encoded.array()));
      } catch (GeneralSecurityException e) {
        throw new KeySourceException("a key of the issuer is malformed", e);
      }
    }
  }

  /** Makes the verifiers of all algorithms, that of EdDSA too. */
  static final class VerifierFactory extends DefaultJWSVerifierFactory {
    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
      return key instanceof EdECPublicKey edKey
          ? new Verifier(edKey)
          : super.createJWSVerifier(header, key);
    }
  }

  private static final class Verifier extends BaseJWSProvider implements JWSVerifier {
    private final EdECPublicKey key;

    Verifier(EdECPublicKey key) {
      super(Set.of(JWSAlgorithm.EdDSA));
      this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature)
        throws JOSEException {
      try {
        Signature verifier = Signature.getInstance("EdDSA");
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature.decode());
      } catch (GeneralSecurityException e) {
        throw new JOSEException("the signature is malformed", e);
      }
    }
  }
}

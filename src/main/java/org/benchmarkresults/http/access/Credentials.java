package org.benchmarkresults.http.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.security.KeyText;

/**
 * The API key or token that a request carries: as {@code Authorization: Bearer} (RFC 6750), as
 * {@code X-API-Key}, or as the password of {@code Authorization: Basic} (RFC 7617), which is what
 * clients make of {@code http://user:key@host}.
 */
final class Credentials {
  private static final String API_KEY = "X-API-Key";
  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";
  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]*");

  private Credentials() {}

  /**
   * The key or token; empty when the request carries none.
   *
   * @throws ProblemException 400 when it carries two that differ, 401 when they are in no form that
   *     is understood
   */
  static Optional<String> of(HttpServerRequest request) {
    MultiMap headers = request.headers();
    // Nearly all requests carry at most one.
    if (!headers.contains(HttpHeaders.AUTHORIZATION) && !headers.contains(API_KEY)) {
      return Optional.empty();
    }
    Set<String> found = new LinkedHashSet<>();
    headers.getAll(API_KEY).forEach(value -> found.add(value.strip()));
    boolean hasKey = !found.isEmpty();
    headers.getAll(HttpHeaders.AUTHORIZATION).stream()
        .filter(value -> !(hasKey && isLoginOfProxy(value)))
        .forEach(value -> found.add(token(value)));
    if (found.size() > 1) {
      throw new ProblemException(
          Problem.of(
              400,
              "several-credentials",
              "Several credentials",
              "The request carries different credentials; send one of Authorization: Bearer,"
                  + " Authorization: Basic and X-API-Key."));
    }
    return found.stream().findFirst();
  }

  /**
   * Whether the header is the login that a proxy in front asked for and passes on, which is why the
   * key is in a header of its own: Basic, with a password that is neither a key nor a token.
   */
  private static boolean isLoginOfProxy(String authorization) {
    String[] words = words(authorization);
    if (!words[0].toLowerCase(Locale.ROOT).equals(BASIC)) {
      return false;
    }
    String password = password(words[1]);
    return KeyText.of(password).isEmpty() && !JWT.matcher(password).matches();
  }

  private static String[] words(String authorization) {
    String[] words = authorization.strip().split("\\s+", 2);
    return words.length == 2 ? words : new String[] {words[0], ""};
  }

  private static String token(String authorization) {
    String[] words = words(authorization);
    String rest = words[1];
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case BEARER -> rest;
      case BASIC -> password(rest);
      default ->
          throw refused(
              "The Authorization header must be 'Bearer <token>', or 'Basic' with an API key as the"
                  + " password.");
    };
  }

  /** The user is not looked at, unless there is no password: then the key stands in its place. */
  private static String password(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw refused("The Authorization header names Basic, but holds no password.");
      }
      String password = text.substring(colon + 1);
      return password.isEmpty() ? text.substring(0, colon) : password;
    } catch (IllegalArgumentException e) {
      throw refused("The Authorization header names Basic, but holds no base64.");
    }
  }

  private static ProblemException refused(String reason) {
    return new ProblemException(Problem.tokenRefused(reason));
  }
}

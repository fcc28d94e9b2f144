package org.benchmarkresults.http.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scheme, host and port of a page (RFC 6454): two of one origin are equal. */
record PageOrigin(String scheme, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(https?)://(\\[[0-9a-f:.]+]|[^/\\s?#@:]+)(?::(\\d{1,5}))?");

  /**
   * The origin of a text such as {@code https://host:8443}; empty for {@code null} and all else.
   */
  static Optional<PageOrigin> of(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    String scheme = form.group(1);
    int port =
        form.group(3) != null ? Integer.parseInt(form.group(3)) : scheme.equals("https") ? 443 : 80;
    return Optional.of(new PageOrigin(scheme, form.group(2), port));
  }
}

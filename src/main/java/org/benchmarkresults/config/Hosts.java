package org.benchmarkresults.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Spellings of host names and addresses. Nothing here resolves a name. */
public final class Hosts {
  /** Browsers resolve all names below {@code localhost} to the loopback address (RFC 6761). */
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:[a-z0-9_-]+\\.)*localhost|127(?:\\.\\d{1,3}){1,3}");

  private Hosts() {}

  /** Whether the host is a loopback address or a name that always stands for one. */
  public static boolean isLoopback(String host) {
    String plain = canonical(host);
    return LOOPBACK.matcher(plain).matches() || plain.equals("0:0:0:0:0:0:0:1");
  }

  /** In lower case, without brackets and final dot, IPv6 addresses with all their groups. */
  static String canonical(String host) {
    String plain = host.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (!plain.contains(":")) {
      return plain;
    }
    try {
      // In brackets it is taken for an address and never for a name.
      String bracketed = plain.startsWith("[") ? plain : "[" + plain + "]";
      return InetAddress.getByName(bracketed).getHostAddress();
    } catch (UnknownHostException e) {
      return plain;
    }
  }
}

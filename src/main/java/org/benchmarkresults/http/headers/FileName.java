package org.benchmarkresults.http.headers;

import java.util.regex.Pattern;

/**
 * The {@code Content-Disposition} header (RFC 6266) with the file name of a response. Result names
 * are chosen by clients, so everything that is special to a file system or to the header is
 * replaced.
 */
public final class FileName {
  /** Path separators, what Windows forbids, invisible and bidirectional control characters. */
  private static final Pattern UNSAFE =
      Pattern.compile("[/\\\\:*?\"<>|%;\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}]");

  /** Leading dots hide a file or leave its folder; Windows drops trailing dots and blanks. */
  private static final Pattern EDGES = Pattern.compile("^[.\\s-]+|[.\\s]+$");

  /** Device names of Windows, with any extension. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /** File systems limit names to 255 bytes. */
  private static final int MAX_BYTES = 180;

  private FileName() {}

  /** Lets a browser show the response. */
  public static String inline(String name, String extension) {
    return "inline; " + parameters(name, extension);
  }

  /** Makes a browser save the response. */
  public static String attachment(String name, String extension) {
    return "attachment; " + parameters(name, extension);
  }

  /** The same of a file whose name has its extension already. */
  public static String attachment(String file) {
    return "attachment; " + parameters(safe(file));
  }

  private static String parameters(String name, String extension) {
    return parameters(safe(name) + "." + extension);
  }

  private static String parameters(String file) {
    String ascii = file.replaceAll("[^\\x20-\\x7e]", "_");
    // RFC 8187; older programs use the first parameter.
    String encoded = References.encoded(file).replace("*", "%2A");
    return "filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  private static String safe(String name) {
    String made = EDGES.matcher(UNSAFE.matcher(name).replaceAll("_")).replaceAll("");
    made = EDGES.matcher(shortened(made)).replaceAll("");
    return made.isEmpty() || DEVICE.matcher(made).matches() ? "_" + made : made;
  }

  private static String shortened(String text) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int point : text.codePoints().toArray()) {
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > MAX_BYTES) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept.toString();
  }
}

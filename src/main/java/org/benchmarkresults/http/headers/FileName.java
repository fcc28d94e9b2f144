package org.benchmarkresults.http.headers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The {@code Content-Disposition} header (RFC 6266) that names the file an answer is saved as.
 * Names of results come from anybody, so that nothing of them is left that a file system or the
 * header itself would understand.
 */
public final class FileName {
  /**
   * Path separators, what Windows forbids, and characters that are not seen or turn the text round.
   */
  private static final Pattern UNSAFE =
      Pattern.compile("[/\\\\:*?\"<>|%;\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}]");

  /** Dots hide a file or lead out of its folder, and Windows drops them and blanks at the end. */
  private static final Pattern EDGES = Pattern.compile("^[.\\s-]+|[.\\s]+$");

  /** Names of devices, whatever follows a dot. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /** File systems take 255 bytes. */
  private static final int MOST_BYTES = 180;

  private FileName() {}

  /** Of a file that a browser may show as well. */
  public static String inline(String name, String ending) {
    return "inline; " + parameters(name, ending);
  }

  /** Of a file that is saved. */
  public static String attachment(String name, String ending) {
    return "attachment; " + parameters(name, ending);
  }

  private static String parameters(String name, String ending) {
    String file = safe(name) + "." + ending;
    String ascii = file.replaceAll("[^\\x20-\\x7e]", "_");
    // RFC 8187; programs that do not know it take the first.
    String encoded =
        URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
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
      if (bytes > MOST_BYTES) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept.toString();
  }
}

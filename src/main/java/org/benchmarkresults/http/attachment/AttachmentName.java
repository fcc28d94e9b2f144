package org.benchmarkresults.http.attachment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The rules of the names of attachments. */
public final class AttachmentName {
  /** The limit of most file systems. */
  private static final int MAX_BYTES = 255;

  /** Control characters, line separators, and what replaces bytes that are not UTF-8. */
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\ufffd]");

  private AttachmentName() {}

  /**
   * Checks a name.
   *
   * @throws ProblemException 400 when it is not allowed
   */
  public static String require(String name) {
    String fault = fault(name);
    if (fault != null) {
      throw new ProblemException(
          Problem.invalidParameters(List.of(Fault.ofParameter("file_name", fault))));
    }
    return name;
  }

  /** The fault of a name; null when it has none. */
  static @Nullable String fault(String name) {
    if (name.isBlank()) {
      return "must not be blank";
    }
    if (FORBIDDEN.matcher(name).find()) {
      return "must be UTF-8 without control characters";
    }
    if (name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..")) {
      return "must be the name of a file, without a path";
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes > MAX_BYTES ? "must be at most " + MAX_BYTES + " bytes in UTF-8" : null;
  }
}

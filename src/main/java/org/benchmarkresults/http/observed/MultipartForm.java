package org.benchmarkresults.http.observed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The parts of a body of type {@code multipart/form-data} (RFC 7578), which is in memory. */
final class MultipartForm {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?i)^content-disposition:\\s*form-data;.*?\\bname=\"?([^\";]*)\"?");
  private static final int MOST_PARTS = 16;
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

  private final byte[] bytes;
  private final int start;
  private final int end;

  private MultipartForm(ByteBuffer body) {
    bytes = body.array();
    start = body.arrayOffset() + body.position();
    end = body.arrayOffset() + body.limit();
  }

  static boolean is(@Nullable String contentType) {
    return contentType != null
        && contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /**
   * The bytes of the parts, by their names; they are those of the body.
   *
   * @param body a heap buffer
   * @throws ProblemException 400 when the body is no form
   */
  static Map<String, ByteBuffer> parts(String contentType, ByteBuffer body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw broken("its Content-Type names no boundary");
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    return new MultipartForm(body).parts("--" + text);
  }

  private Map<String, ByteBuffer> parts(String boundary) {
    Map<String, ByteBuffer> parts = new LinkedHashMap<>();
    byte[] first = boundary.getBytes(StandardCharsets.ISO_8859_1);
    byte[] later = ("\r\n" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    int at = find(first, start);
    while (at >= 0 && parts.size() <= MOST_PARTS) {
      int afterBoundary = at + (at == start || parts.isEmpty() ? first.length : later.length);
      if (startsWith("--", afterBoundary)) {
        return parts;
      }
      int head = find(BLANK_LINE, afterBoundary);
      int next = head < 0 ? -1 : find(later, head + BLANK_LINE.length - 2);
      if (next < 0) {
        break;
      }
      int content = head + BLANK_LINE.length;
      parts.put(
          name(afterBoundary, head),
          ByteBuffer.wrap(bytes, content, Math.max(0, next - content)).slice());
      at = next;
    }
    throw broken(at < 0 ? "its boundary is missing" : "it ends before its last boundary");
  }

  private String name(int from, int to) {
    String head = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    for (String line : head.split("\r\n", -1)) {
      Matcher name = NAME.matcher(line);
      if (name.find()) {
        return name.group(1);
      }
    }
    throw broken("a part has no name");
  }

  private boolean startsWith(String text, int at) {
    return at + text.length() <= end
        && new String(bytes, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  private int find(byte[] text, int from) {
    for (int at = from; at + text.length <= end; at++) {
      int matched = 0;
      while (matched < text.length && bytes[at + matched] == text[matched]) {
        matched++;
      }
      if (matched == text.length) {
        return at;
      }
    }
    return -1;
  }

  private static ProblemException broken(String fault) {
    return new ProblemException(
        Problem.of(400, "broken-form", "The body is not a multipart form: " + fault + "."));
  }
}

package org.benchmarkresults.http.attachment;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/** The media type that an attachment is stored with, and sent with later. */
final class MediaType {
  private static final String UNKNOWN = "application/octet-stream";
  private static final int MAX_LENGTH = 255;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern FORM =
      Pattern.compile(TOKEN + "/" + TOKEN + "([ \\t]*;[\\x20-\\x7e\\t]*)?");

  private MediaType() {}

  /**
   * The type that the request declares.
   *
   * @throws ProblemException 415 when it is not a media type, or a form
   */
  static String of(HttpServerRequest request) {
    String sent = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (sent == null || sent.isBlank()) {
      return UNKNOWN;
    }
    String type = sent.strip();
    if (type.length() > MAX_LENGTH || !FORM.matcher(type).matches()) {
      throw new ProblemException(
          Problem.unsupportedMediaType(
              "Content-Type must be a media type of at most " + MAX_LENGTH + " characters."));
    }
    if (type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw new ProblemException(
          Problem.unsupportedMediaType(
              "The body must be the file itself, as curl -T FILE sends it, not a form."));
    }
    return type;
  }
}

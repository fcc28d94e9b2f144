package org.benchmarkresults.http.headers;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The format of a list: from the parameter {@code format}, else from the Accept header.
 *
 * @param strict whether NDJSON has null for NaN and the infinities, inside data too
 * @param guarded whether CSV escapes texts that spreadsheets would run as formulas
 */
public record Format(Shape shape, boolean strict, boolean guarded) {

  public enum Shape {
    JSON("application/json", "json"),
    LINES("application/x-ndjson", "ndjson"),
    CSV("text/csv; charset=utf-8; header=present", "csv");

    public final String mediaType;

    /** File name extension. */
    public final String extension;

    Shape(String mediaType, String extension) {
      this.mediaType = mediaType;
      this.extension = extension;
    }
  }

  private static final Format JSON = new Format(Shape.JSON, true, true);

  /**
   * The requested format, of a request whose parameters were validated.
   *
   * @throws ProblemException 406 when the Accept header allows none of the formats
   */
  public static Format of(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String format = parameters.get("format");
    Format asked = format == null ? accepted(context) : named(format);
    return "none".equals(parameters.get("guard"))
        ? new Format(asked.shape, asked.strict, false)
        : asked;
  }

  private static Format named(String format) {
    return switch (format) {
      case "csv" -> new Format(Shape.CSV, true, true);
      case "ndjson" -> new Format(Shape.LINES, false, true);
      case "ndjson-strict" -> new Format(Shape.LINES, true, true);
      default -> JSON;
    };
  }

  private static Format accepted(RoutingContext context) {
    boolean otherWanted = false;
    for (MIMEHeader type : context.parsedHeaders().accept()) {
      if (type.weight() == 0) {
        continue;
      }
      Format format = accepted(type);
      if (format != null) {
        return format;
      }
      otherWanted |= !type.component().isBlank() && !type.subComponent().isBlank();
    }
    if (otherWanted) {
      throw new ProblemException(Problem.notAcceptable());
    }
    return JSON;
  }

  private static @Nullable Format accepted(MIMEHeader type) {
    String mediaType = (type.component() + "/" + type.subComponent()).toLowerCase(Locale.ROOT);
    if (BodyType.LINES_TYPES.contains(mediaType)) {
      return new Format(Shape.LINES, "true".equals(type.parameter("strict")), true);
    }
    return switch (mediaType) {
      case "text/csv", "text/*" ->
          new Format(Shape.CSV, true, !"none".equals(type.parameter("guard")));
      case "application/json", "text/json", "application/problem+json", "application/*", "*/*" ->
          JSON;
      default -> null;
    };
  }
}

package org.benchmarkresults.http.body;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.body.FileParts.Broken;
import org.benchmarkresults.http.body.FileParts.Part;
import org.benchmarkresults.http.body.FileParts.Value;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/** Tells from its bytes whether a file is one JSON document or JSON lines, and validates them. */
public final class FileReader {
  private final byte[] bytes;
  private final int start;
  private final int end;
  private final int depthLimit;

  private FileReader(byte[] bytes, int start, int end, int depthLimit) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.depthLimit = depthLimit;
  }

  /**
   * Splits a file.
   *
   * @param body a heap buffer from position 0
   * @param isDeclaredLines whether the sender says that it is JSON lines, so that a document on one
   *     line is a line
   * @param mostLines the most lines that are not blank
   * @throws ProblemException 400 when it is not JSON in UTF-8 or nested too deep, 415 when it is
   *     compressed, 422 when it has too many lines
   */
  public static FileParts read(
      ByteBuffer body, int depthLimit, boolean isDeclaredLines, int mostLines) {
    byte[] bytes = body.array();
    int end = body.arrayOffset() + body.limit();
    int start = EnvelopeReader.startsWithByteOrderMark(bytes, end) ? 3 : 0;
    requireUncompressed(bytes, end);
    EnvelopeReader.requireUtf8Start(bytes, start, end);
    TokenLimits.require(bytes, start, end);
    return new FileReader(bytes, start, end, depthLimit).parts(isDeclaredLines, mostLines);
  }

  private static void requireUncompressed(byte[] bytes, int end) {
    boolean gzip = end > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    boolean zstd =
        end > 3 && bytes[0] == 0x28 && bytes[1] == (byte) 0xb5 && bytes[2] == 0x2f && bytes[3] < 0;
    if (gzip || zstd) {
      throw new ProblemException(
          Problem.unsupportedMediaType(
              "The body is compressed; send it with the header Content-Encoding: "
                  + (gzip ? "gzip" : "zstd")
                  + "."));
    }
  }

  private FileParts parts(boolean isDeclaredLines, int mostLines) {
    int firstEnd = lineEnd(firstNonBlank(start));
    Value document;
    try {
      document = value(1, start, end);
    } catch (ProblemException e) {
      Long offset = e.problem().offset();
      boolean isInFirstLine = offset != null && offset <= firstEnd && hasObjectAfter(firstEnd);
      boolean isAfterFirstLine = offset != null && offset > firstEnd && isValue(start, firstEnd);
      if (isDeclaredLines || isInFirstLine || isAfterFirstLine) {
        return lines(mostLines);
      }
      throw e;
    }
    boolean isOnOneLine = firstNonBlank(firstEnd) == end;
    return isDeclaredLines && isOnOneLine
        ? lines(mostLines)
        : new FileParts(false, List.of(document));
  }

  private FileParts lines(int mostLines) {
    List<Part> parts = new ArrayList<>();
    int number = 1;
    for (int at = start; at < end; number++) {
      int lineEnd = lineEnd(at);
      int to = lineEnd > at && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
      if (firstNonBlank(at) < to) {
        if (parts.size() == mostLines) {
          throw tooManyLines(mostLines);
        }
        parts.add(line(number, at, to));
      }
      at = lineEnd + 1;
    }
    if (parts.isEmpty()) {
      throw new ProblemException(Problem.brokenJson(end, "the body contains no JSON"));
    }
    return new FileParts(true, parts);
  }

  private static ProblemException tooManyLines(int limit) {
    return new ProblemException(
        new Problem(
            422,
            "too-many-lines",
            "Too many lines",
            "The file has more than "
                + limit
                + " lines, of which each would become a result; files of runs have fewer. Larger"
                + " ones can be split, or sent to POST /raw_input as application/x-ndjson.",
            List.of(),
            null,
            (long) limit));
  }

  private Part line(int number, int from, int to) {
    try {
      return value(number, from, to);
    } catch (ProblemException e) {
      return new Broken(number, e.problem());
    }
  }

  private boolean isValue(int from, int to) {
    return line(1, from, to) instanceof Value;
  }

  /** Whether the next line that is not blank is an object of its own. */
  private boolean hasObjectAfter(int lineEnd) {
    int from = firstNonBlank(lineEnd);
    return from < end && bytes[from] == '{' && isValue(from, lineEnd(from));
  }

  private Value value(int line, int from, int to) {
    try (JsonParser parser = JsonText.parser(bytes, from, to)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ProblemException(Problem.brokenJson(to, "the body contains no JSON"));
      }
      int nonFinite = JsonText.skipValue(parser, depthLimit - 1).nonFinite();
      requireEnd(parser, from);
      JsonText.requireUtf8(bytes, from, to - from);
      RawJson json = new RawJson(ByteBuffer.wrap(bytes, from, to - from).slice(), nonFinite);
      return new Value(line, json, first.isStructStart());
    } catch (JsonParseException e) {
      throw JsonText.broken(e, bytes, from, to);
    } catch (JsonText.TooDeepException e) {
      throw new ProblemException(Problem.tooDeep(depthLimit));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  private static void requireEnd(JsonParser parser, int from) throws IOException {
    @Nullable JsonToken next = parser.nextToken();
    if (next != null) {
      int offset = from + (int) parser.currentTokenLocation().getCharOffset();
      throw new ProblemException(
          Problem.brokenJson(offset, "unexpected content after the end of the JSON"));
    }
  }

  private int firstNonBlank(int from) {
    int at = from;
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    return at;
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}

package org.benchmarkresults.http.body;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.RawJson;

/** Data that was sent as a string whose text is a JSON object or array. */
final class StringifiedJson {
  /** Depth to which a string is parsed to tell whether it is JSON; a level costs 40 bytes. */
  private static final int MAX_PARSED_DEPTH = 100_000;

  private StringifiedJson() {}

  /**
   * The object or array inside a string, written over the string; other values unchanged.
   *
   * @param value a view of the body's array
   * @throws ProblemException 400 when the object or array is nested too deep
   */
  static RawJson unwrap(RawJson value, int depthLimit) throws IOException {
    byte[] bytes = value.bytes().array();
    int from = value.bytes().arrayOffset() + 1;
    int to = from + value.size() - 2;
    if (bytes[from - 1] != '"' || !startsStructure(bytes, from, to)) {
      return value;
    }
    int nonFinite = nonFinite(bytes, from, to, depthLimit);
    return nonFinite < 0 ? value : new RawJson(unescapeInPlace(bytes, from, to), nonFinite);
  }

  private static boolean startsStructure(byte[] bytes, int from, int to) {
    try (UnescapingStream text = new UnescapingStream(bytes, from, to)) {
      int next;
      do {
        next = text.read();
      } while (next == ' ' || next == '\t' || next == '\n' || next == '\r');
      return next == '{' || next == '[';
    } catch (IOException e) {
      return false;
    }
  }

  /** The number of non-finite literals in the JSON inside the string; -1 when it is not JSON. */
  private static int nonFinite(byte[] bytes, int from, int to, int depthLimit) {
    try (JsonParser parser =
        JsonText.parser(
            new InputStreamReader(new UnescapingStream(bytes, from, to), StandardCharsets.UTF_8))) {
      parser.nextToken();
      JsonText.Skipped skipped = JsonText.skipValue(parser, Math.max(depthLimit, MAX_PARSED_DEPTH));
      if (parser.nextToken() != null) {
        return -1;
      }
      if (skipped.depth() > depthLimit - 1) {
        throw new ProblemException(Problem.tooDeep(depthLimit));
      }
      return skipped.nonFinite();
    } catch (JsonText.TooDeepException e) {
      throw new ProblemException(Problem.tooDeep(depthLimit));
    } catch (IOException e) {
      return -1;
    }
  }

  private static ByteBuffer unescapeInPlace(byte[] bytes, int from, int to) throws IOException {
    UnescapingStream text = new UnescapingStream(bytes, from, to);
    int at = from;
    for (int next = text.read(); next >= 0; next = text.read()) {
      bytes[at++] = (byte) next;
    }
    return ByteBuffer.wrap(bytes, from, at - from).slice();
  }
}

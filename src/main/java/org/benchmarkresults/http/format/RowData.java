package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.benchmarkresults.http.json.OneLine;
import org.benchmarkresults.http.json.StrictJson;

/** How the data of a result stands in a row. */
public enum RowData {
  /** Strict JSON: null for NaN and the infinities. */
  STRICT(true, false),
  /** The received text, with blanks in place of line breaks. */
  ON_ONE_LINE(false, true),
  /** Both. */
  STRICT_ON_ONE_LINE(true, true);

  private final boolean strict;
  private final boolean onOneLine;

  RowData(boolean strict, boolean onOneLine) {
    this.strict = strict;
    this.onOneLine = onOneLine;
  }

  /**
   * Makes of each piece of one result's data, in their order, what is written. It may write into
   * the piece.
   *
   * @param nonFinite how many non-finite literals the data holds
   */
  Function<byte[], Buffer> writing(int nonFinite) {
    StrictJson made = new StrictJson();
    return piece -> {
      byte[] line = onOneLine ? OneLine.made(piece) : piece;
      return strict && nonFinite > 0 ? made.next(line) : Buffer.buffer(line);
    };
  }

  /** The same of data that is all there. */
  byte[] written(byte[] data, int nonFinite) {
    byte[] line = onOneLine ? OneLine.made(data) : data;
    return strict && nonFinite > 0 ? new StrictJson().next(line).getBytes() : line;
  }
}

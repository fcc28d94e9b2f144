package org.benchmarkresults.http.bulk;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.benchmarkresults.http.access.PrefixAccess;
import org.benchmarkresults.http.body.Decompressor;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.bulk.LineBatch.End;
import org.benchmarkresults.http.bulk.Lines.Found;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The body of a load being read: inflated, split into lines, and each line made a result or
 * refused. Used by one thread at a time.
 */
final class BulkUploadReader implements AutoCloseable {
  /** A line that outgrows it needs room of its own. */
  static final int MOST_LINE_BYTES = 128 << 10;

  static final int MOST_LINES = 250;
  static final int MOST_BYTES = 256 << 10;

  private static final int PIECE_BYTES = 64 << 10;

  /** After so many others get their turn, whatever was found among them. */
  private static final int MOST_READ_BYTES = 4 << 20;

  private final ResultReader results;
  private final Stage stage;
  private final Caller caller;
  private final boolean refuseNewVersion;
  private final long limit;
  private final Lines lines;
  private final @Nullable Decompressor inflating;
  private final byte[] inflated;
  private final Queue<byte[]> input = new ArrayDeque<>();
  private boolean isBodyEnded;
  private long readBytes;

  /**
   * @param limit of a line, as it is when inflated
   */
  BulkUploadReader(
      ResultReader results,
      Stage stage,
      Caller caller,
      boolean refuseNewVersion,
      long limit,
      Encoding encoding) {
    this.results = results;
    this.caller = caller;
    this.stage = stage;
    this.refuseNewVersion = refuseNewVersion;
    this.limit = limit;
    lines = new Lines(limit, MOST_LINE_BYTES);
    inflating = encoding.decompressor();
    inflated = new byte[inflating == null ? 0 : PIECE_BYTES];
  }

  /** Takes what came. */
  void feed(List<byte[]> pieces, boolean isLast) {
    input.addAll(pieces);
    isBodyEnded = isLast;
  }

  /** Lets the line that outgrew its room, and none after it, be so large. */
  void giveRoom(long bytes) {
    lines.giveRoom(bytes);
  }

  /** How large the line that is being read may be. */
  long room() {
    return lines.room();
  }

  /**
   * What it holds while it waits for input: the beginning of a line, and what inflates the body.
   */
  long heldBytes() {
    return lines.heldBytes() + (inflating == null ? 0L : PIECE_BYTES);
  }

  /** Whether it stands in the middle of a line that outgrew its room. */
  boolean isInLargeLine() {
    return lines.heldBytes() > MOST_LINE_BYTES;
  }

  /** The bytes that were fed and not looked at yet. */
  long waitingBytes() {
    long bytes = 0;
    for (byte[] piece : input) {
      bytes += piece.length;
    }
    return bytes;
  }

  /** Reads on until there is nothing more to read or enough for one batch. */
  LineBatch read() {
    LineBatch batch = new LineBatch();
    try {
      batch.endsWith(readInto(batch));
    } catch (ProblemException e) {
      batch.breaks(lines.number(), e.problem());
    }
    return batch;
  }

  private End readInto(LineBatch batch) {
    long turnEnds = readBytes + MOST_READ_BYTES;
    while (batch.lines() < MOST_LINES && batch.bytes() < MOST_BYTES && readBytes < turnEnds) {
      // What is compressed costs its sender nothing.
      if (inflating != null && lines.uselessBytes() > limit) {
        return uselessBody();
      }
      Found found = lines.next();
      if (found == Found.OUTGROWN) {
        return End.OUTGROWN;
      }
      if (found == Found.LINE) {
        line(batch);
      } else if (found == Found.TOO_LARGE) {
        batch.refuse(lines.number(), Problem.tooLarge(limit));
      } else if (!feedLines()) {
        return isBodyEnded ? lastLine(batch) : End.NOTHING_LEFT;
      }
      if (!isInLargeLine()) {
        lines.giveRoom(MOST_LINE_BYTES);
      }
    }
    return End.FULL;
  }

  /** The line that is too large was told so; a blank one has no answer yet. */
  private End uselessBody() {
    if (lines.isPassedOver()) {
      return End.BODY_BROKEN;
    }
    throw new ProblemException(Problem.tooManySkippedBytes(limit));
  }

  private boolean feedLines() {
    if (inflating == null) {
      byte[] piece = input.poll();
      if (piece == null) {
        return false;
      }
      readBytes += piece.length;
      lines.feed(piece, piece.length);
      return true;
    }
    int length = inflating.decompress(inflated);
    while (length == 0 && !input.isEmpty()) {
      inflating.feed(input.remove());
      length = inflating.decompress(inflated);
    }
    readBytes += length;
    lines.feed(inflated, length);
    return length > 0;
  }

  private End lastLine(LineBatch batch) {
    if (inflating != null) {
      inflating.requireEnd();
    }
    if (lines.last()) {
      line(batch);
    }
    return End.BODY_ENDED;
  }

  private void line(LineBatch batch) {
    int bytes = lines.line().remaining();
    if (lines.skipBlank()) {
      return;
    }
    try {
      Result result = results.result(stage, results.cut(lines.line()), refuseNewVersion);
      PrefixAccess.requireMayStore(caller, result.envelope().key().benchmarkName());
      batch.take(lines.number(), result, bytes);
    } catch (ProblemException e) {
      batch.refuse(lines.number(), e.problem());
    }
  }

  @Override
  public void close() {
    if (inflating != null) {
      inflating.close();
    }
  }
}

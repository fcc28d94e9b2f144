package org.benchmarkresults.http.bulk;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.benchmarkresults.http.body.Decompressor;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.bulk.LineBatch.End;
import org.benchmarkresults.http.bulk.LineSplitter.Found;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a bulk upload: decompresses it, splits it into lines, and parses each line into
 * a result or a problem. Used by one thread at a time.
 */
final class BulkUploadReader implements AutoCloseable {
  /** Larger lines need memory beside the window. */
  static final int MAX_LINE_BYTES = 128 << 10;

  static final int MAX_BATCH_LINES = 250;
  static final int MAX_BATCH_BYTES = 256 << 10;

  private static final int PIECE_BYTES = 64 << 10;

  /** Bytes read before other uploads get their turn. */
  private static final int MAX_READ_BYTES = 4 << 20;

  private final ResultReader results;
  private final Stage stage;
  private final Caller caller;
  private final @Nullable Actor actor;
  private final boolean refuseNewVersion;
  private final long limit;
  private final LineSplitter lines;
  private final @Nullable Decompressor decompressor;
  private final byte[] decompressed;
  private final Queue<byte[]> input = new ArrayDeque<>();
  private boolean isBodyEnded;
  private long readBytes;

  /**
   * @param limit largest line in bytes, decompressed
   */
  BulkUploadReader(
      ResultReader results,
      Stage stage,
      Caller caller,
      @Nullable Actor actor,
      boolean refuseNewVersion,
      long limit,
      Encoding encoding) {
    this.results = results;
    this.caller = caller;
    this.actor = actor;
    this.stage = stage;
    this.refuseNewVersion = refuseNewVersion;
    this.limit = limit;
    lines = new LineSplitter(limit, MAX_LINE_BYTES);
    decompressor = encoding.decompressor();
    decompressed = new byte[decompressor == null ? 0 : PIECE_BYTES];
  }

  void feed(List<byte[]> pieces, boolean isLast) {
    input.addAll(pieces);
    isBodyEnded = isLast;
  }

  /** Sets the capacity of the current line; later lines have the default. */
  void setLineCapacity(long bytes) {
    lines.setCapacity(bytes);
  }

  long lineCapacity() {
    return lines.capacity();
  }

  /** Memory held while it waits for input: the beginning of a line, and the decompressor. */
  long heldBytes() {
    return lines.heldBytes() + (decompressor == null ? 0L : PIECE_BYTES);
  }

  /** Whether the current line needs memory beside the window. */
  boolean isInLargeLine() {
    return lines.heldBytes() > MAX_LINE_BYTES;
  }

  /** Bytes that were fed and not read yet. */
  long unreadBytes() {
    long bytes = 0;
    for (byte[] piece : input) {
      bytes += piece.length;
    }
    return bytes;
  }

  /** Reads until there is no more input or the batch is full. */
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
    long turnEnd = readBytes + MAX_READ_BYTES;
    while (batch.lines() < MAX_BATCH_LINES
        && batch.bytes() < MAX_BATCH_BYTES
        && readBytes < turnEnd) {
      // Compressed blank lines cost the client next to nothing.
      if (decompressor != null && lines.skippedBytes() > limit) {
        return tooManySkippedBytes();
      }
      Found found = lines.next();
      if (found == Found.NEEDS_MEMORY) {
        return End.NEEDS_MEMORY;
      }
      if (found == Found.LINE) {
        line(batch);
      } else if (found == Found.TOO_LARGE) {
        batch.refuse(lines.number(), Problem.tooLarge(limit));
      } else if (!feedLines()) {
        return isBodyEnded ? lastLine(batch) : End.NEEDS_INPUT;
      }
      if (!isInLargeLine()) {
        lines.setCapacity(MAX_LINE_BYTES);
      }
    }
    return End.FULL;
  }

  /** A line that is too large has a response already, blank lines have none. */
  private End tooManySkippedBytes() {
    if (lines.isSkipping()) {
      return End.BODY_BROKEN;
    }
    throw new ProblemException(Problem.tooManySkippedBytes(limit));
  }

  private boolean feedLines() {
    if (decompressor == null) {
      byte[] piece = input.poll();
      if (piece == null) {
        return false;
      }
      readBytes += piece.length;
      lines.feed(piece, piece.length);
      return true;
    }
    int length = decompressor.decompress(decompressed);
    while (length == 0 && !input.isEmpty()) {
      decompressor.feed(input.remove());
      length = decompressor.decompress(decompressed);
    }
    readBytes += length;
    lines.feed(decompressed, length);
    return length > 0;
  }

  private End lastLine(LineBatch batch) {
    if (decompressor != null) {
      decompressor.requireEnd();
    }
    if (lines.endLastLine()) {
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
      Result result = results.result(stage, results.parse(lines.line()), refuseNewVersion, caller);
      batch.accept(lines.number(), result.by(actor), bytes);
    } catch (ProblemException e) {
      batch.refuse(lines.number(), e.problem());
    }
  }

  @Override
  public void close() {
    if (decompressor != null) {
      decompressor.close();
    }
  }
}

package org.benchmarkresults.http.bulk;

import io.vertx.core.Future;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one bulk upload: a window, and, for a line that outgrows it, a share of the memory
 * for large bodies. Memory is acquired in this order, and an upload that holds the share of a large
 * line waits for no other memory, so uploads never deadlock. Confined to one event loop.
 */
final class BulkMemory {
  private static final int BATCH_BYTES =
      BulkUploadReader.MAX_BATCH_BYTES
          + BulkUploadReader.MAX_LINE_BYTES
          + BulkUploadReader.MAX_BATCH_LINES * BulkUploadSaves.LINE_BYTES;
  static final int MAX_IN_FLIGHT_BYTES =
      BulkUpload.WINDOW_BYTES - Intake.AHEAD_BYTES - UnreadResponses.FIRST_BYTES - BATCH_BYTES;

  private final BulkUploads.Memory memory;
  private final Runnable onEvict;
  private final Share window;
  private boolean hasWindow;
  private boolean isWaitingForWindow;
  private @Nullable Share line;
  private boolean isWaitingForLine;

  /**
   * @param onEvict ends the upload, whose memory others wait for
   */
  BulkMemory(BulkUploads.Memory memory, Runnable onEvict) {
    this.memory = memory;
    this.onEvict = onEvict;
    window = memory.windows().open(BulkUpload.WINDOW_BYTES, onEvict);
  }

  boolean hasWindow() {
    return hasWindow;
  }

  /**
   * Acquires the window, at once or later.
   *
   * @param later run when the window was not available at once
   */
  void acquireWindow(Runnable later) {
    if (hasWindow || isWaitingForWindow) {
      return;
    }
    Future<Void> acquired = window.growTo(BulkUpload.WINDOW_BYTES);
    hasWindow = acquired.succeeded();
    isWaitingForWindow = !hasWindow;
    if (isWaitingForWindow) {
      Future<Void> unused =
          acquired.onSuccess(
              granted -> {
                isWaitingForWindow = false;
                hasWindow = true;
                later.run();
              });
    }
  }

  /** Keeps only the given bytes of the window; with a large line it is kept. */
  void shrinkWindow(long bytes) {
    if (hasWindow && line == null) {
      hasWindow = false;
      window.shrinkTo(bytes);
    }
  }

  boolean isWaitingForLine() {
    return isWaitingForLine;
  }

  void growLine(long bytes, Runnable grown) {
    isWaitingForLine = true;
    Share growing = line == null ? memory.large().open(memory.limit(), onEvict) : line;
    line = growing;
    Future<Void> unused =
        growing
            .growTo(bytes)
            .onSuccess(
                granted -> {
                  isWaitingForLine = false;
                  grown.run();
                });
  }

  /** Hands over the share of the large line, if there is one. */
  @Nullable Share takeLine() {
    Share taken = line;
    line = null;
    return taken;
  }

  void releaseLine() {
    if (line != null && !isWaitingForLine) {
      line.close();
      line = null;
    }
  }

  void setReceiving(boolean receiving) {
    window.setReceiving(receiving);
    if (line != null) {
      line.setReceiving(receiving);
    }
  }

  void received(int bytes) {
    window.received(bytes);
    if (line != null) {
      line.received(bytes);
    }
  }

  /** Releases all memory; may be called more than once. */
  void close() {
    if (line != null) {
      line.close();
      line = null;
    }
    window.close();
  }
}

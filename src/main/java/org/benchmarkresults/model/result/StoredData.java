package org.benchmarkresults.model.result;

import java.nio.ByteBuffer;

/** The place of a result's data. */
public sealed interface StoredData {
  /** Here. */
  record Inline(ByteBuffer bytes) implements StoredData {}

  /**
   * In numbered chunks, to be asked for one after the other.
   *
   * @param upload names the chunks of one upload
   * @param count how many there are, numbered from 0
   * @param multiline whether there may be line breaks in it, or blanks around it
   */
  record Chunked(String upload, int count, boolean multiline) implements StoredData {
    /** Data of which nothing else is known. */
    public Chunked(String upload, int count) {
      this(upload, count, true);
    }
  }
}

package org.benchmarkresults.model;

import java.nio.ByteBuffer;

/** Where the data of a result is. */
public sealed interface StoredData {
  /** Here. */
  record Inline(ByteBuffer bytes) implements StoredData {}

  /**
   * In numbered chunks, to be asked for one after the other.
   *
   * @param upload names the chunks of one upload
   * @param count how many there are, numbered from 0
   */
  record Chunked(String upload, int count) implements StoredData {}
}

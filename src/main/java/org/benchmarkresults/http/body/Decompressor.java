package org.benchmarkresults.http.body;

/**
 * Decompresses a body piece by piece, so that its whole expansion is never in memory. Used by one
 * thread at a time.
 */
public interface Decompressor extends AutoCloseable {
  /** Sets the next compressed bytes, once {@link #decompress} has returned 0. */
  void feed(byte[] compressed);

  /**
   * Decompresses into the array.
   *
   * @return the number of bytes; 0 when it needs more input
   * @throws ProblemException 400 when the input is not valid
   */
  int decompress(byte[] into);

  /**
   * @throws ProblemException 400 when the input is incomplete
   */
  void requireEnd();

  /** Releases its memory, which is not on the heap. */
  @Override
  void close();
}

package org.benchmarkresults.http.body;

/**
 * A compressed body being inflated, a piece at a time, so that what a few bytes swell to is never
 * in memory at once. Used by one thread at a time.
 */
public interface Decompressor extends AutoCloseable {
  /** Takes the next compressed bytes, once {@link #inflate} has no more of those before. */
  void feed(byte[] compressed);

  /**
   * Inflates into the array.
   *
   * @return how many bytes; 0 when more must be fed
   * @throws ProblemException 400 when the bytes are not what they were said to be
   */
  int inflate(byte[] into);

  /**
   * Refuses an end in the middle.
   *
   * @throws ProblemException 400
   */
  void requireEnd();

  /** Gives its memory back, which is not on the heap. */
  @Override
  void close();
}

package org.benchmarkresults.model;

/** What says when it was received, and can be held up before it is dealt with. */
public interface Received {
  /** The same, received so much later. */
  Received heldUp(long millis);
}

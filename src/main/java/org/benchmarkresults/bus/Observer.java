package org.benchmarkresults.bus;

/** Told of every question that was asked, here or of another node. Called on any thread. */
public interface Observer {
  /**
   * A question is over.
   *
   * @param outcome {@code answered}, {@code unavailable} or {@code bug}
   */
  void completed(String address, String outcome, long nanos);
}

package org.benchmarkresults.bus;

/** Observes the requests that this node sends. Called on any thread. */
public interface Observer {
  /**
   * A request has its reply or has failed.
   *
   * @param outcome {@code answered}, {@code unavailable} or {@code bug}
   */
  void completed(String address, String outcome, long nanos);
}

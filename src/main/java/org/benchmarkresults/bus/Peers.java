package org.benchmarkresults.bus;

import java.util.function.Consumer;

/** The cluster as the bus sees it. Thread-safe. */
public interface Peers {
  /** The id of this node. */
  String self();

  /** Whether the node belongs to the cluster now. */
  boolean isMember(String node);

  /** Calls back, on any thread, when a node joins, again or for the first time. */
  void onJoin(Runnable joined);

  /** Calls back, on any thread, with the id of each node that leaves or is lost from now on. */
  void onLeave(Consumer<String> left);
}

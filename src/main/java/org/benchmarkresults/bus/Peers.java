package org.benchmarkresults.bus;

import java.util.function.Consumer;

/** The nodes that share the bus, as far as the bus must know them. Thread-safe. */
public interface Peers {
  /** This node. */
  String self();

  /** Whether the node belongs to the cluster now. */
  boolean isMember(String node);

  /** Calls back, on any thread, when a node joins or comes back. */
  void onJoin(Runnable joined);

  /** Calls back, on any thread, with each node that leaves from now on, however it does. */
  void onLeave(Consumer<String> left);
}

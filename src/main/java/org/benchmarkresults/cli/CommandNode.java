package org.benchmarkresults.cli;

import java.io.IOException;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.LegacyDatabase;
import org.jspecify.annotations.Nullable;

/** Starts a node that has only storage, for the time that a command needs it. */
public interface CommandNode {
  /** The action of a command on the node; returns the exit code. */
  interface Action {
    int run(Bus bus, CommandAudit audit) throws IOException;
  }

  /**
   * Runs the action on the calling thread, stops the node and returns the action's exit code.
   *
   * @param source the database that the node can import from; null for none
   * @throws org.benchmarkresults.config.ConfigException when a setting is wrong
   */
  int run(@Nullable LegacyDatabase source, Action action) throws IOException;
}

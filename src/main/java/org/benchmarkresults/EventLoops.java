package org.benchmarkresults;

import io.vertx.core.VertxOptions;
import org.benchmarkresults.config.Config;

/**
 * The number of event loops. Each one buffers some MiB, so the heap limits their number as well as
 * the processors: a container without a CPU limit sees all processors of its machine but has a
 * small heap.
 *
 * @param instances event loops that serve HTTP
 * @param all the same and those of the database and the bus
 */
record EventLoops(int instances, int all) {
  private static final long HEAP_OF_ONE = 64L << 20;
  private static final int LEAST = 2;
  private static final int MOST = 16;
  private static final String OF_NETTY = "io.netty.availableProcessors";

  static EventLoops of(Config.Http config) {
    Runtime runtime = Runtime.getRuntime();
    return of(config.port(), runtime.availableProcessors(), runtime.maxMemory());
  }

  static EventLoops of(int port, int processors, long heapBytes) {
    long ofHeap = Math.min(MOST, Math.max(LEAST, heapBytes / HEAP_OF_ONE));
    int most = (int) Math.min(processors, ofHeap);
    // Port 0 gives each server another port, so there can be only one server.
    return new EventLoops(port == 0 ? 1 : most, 2 * most);
  }

  VertxOptions on(VertxOptions options) {
    // Netty keeps buffers for as many threads as it believes the machine has.
    if (System.getProperty(OF_NETTY) == null) {
      System.setProperty(OF_NETTY, Integer.toString(all / 2));
    }
    return options.setEventLoopPoolSize(all);
  }
}

package org.benchmarkresults.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports of the loopback address that are free and stay so: they are below those that operating
 * systems give to outgoing connections, and the JVMs of one build have different ones.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 5_000;
  private static final int FORK = Integer.getInteger("fork", 1) - 1;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  public static int one() {
    return find(1).get(0);
  }

  /** Distinct free ports. */
  public static List<Integer> find(int count) {
    return Stream.generate(FreePorts::next).filter(FreePorts::isFree).limit(count).toList();
  }

  private static int next() {
    return FIRST + FORK * COUNT + NEXT.getAndIncrement() % COUNT;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

package org.benchmarkresults.backend;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/**
 * A database behind a line that can be cut and held: connections are taken and closed at once while
 * it is away, and taken but served no byte while it hangs. Thread-safe.
 */
public final class DatabaseLine implements AutoCloseable {
  private enum State {
    AWAY,
    THERE,
    HANGING,
    CLOSED
  }

  private final MongoServer database = new MongoServer(H2Backend.inMemory());
  private final InetSocketAddress target = database.bind();
  private final ServerSocket entrance;
  private final Set<Socket> open = new HashSet<>();
  private State state = State.THERE;
  private int held;

  public DatabaseLine() {
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "mongodb://127.0.0.1:" + entrance.getLocalPort();
  }

  public synchronized void isThere() {
    become(State.THERE);
  }

  public synchronized void hangs() {
    become(State.HANGING);
  }

  public synchronized void goesAway() {
    become(State.AWAY);
    open.forEach(DatabaseLine::close);
    open.clear();
  }

  /** Comes back when something was sent to the database that it does not get. */
  public synchronized void awaitHeldBytes() throws InterruptedException {
    while (held == 0) {
      wait();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      goesAway();
      become(State.CLOSED);
    }
    close(entrance);
    database.shutdownNow();
  }

  private synchronized void become(State next) {
    state = next;
    held = 0;
    notifyAll();
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = entrance.accept();
        Thread.ofVirtual().start(() -> connect(caller));
      }
    } catch (IOException e) {
      // The entrance was closed, and with it this thread's work is done.
    }
  }

  private void connect(Socket caller) {
    try {
      if (!admitted(caller)) {
        caller.close();
        return;
      }
      Socket behind = new Socket(target.getAddress(), target.getPort());
      if (admitted(behind)) {
        Thread.ofVirtual().start(() -> pump(caller, behind));
        pump(behind, caller);
      } else {
        behind.close();
      }
    } catch (IOException e) {
      close(caller);
    }
  }

  private synchronized boolean admitted(Socket socket) {
    boolean admitted = state == State.THERE || state == State.HANGING;
    if (admitted) {
      open.add(socket);
    }
    return admitted;
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        waitWhileHanging();
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // Either end was closed; so is the other, by then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void waitWhileHanging() throws InterruptedException {
    if (state == State.HANGING) {
      held++;
      notifyAll();
    }
    while (state == State.HANGING) {
      wait();
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing a socket cannot fail", e);
    }
  }
}

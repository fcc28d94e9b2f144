package org.benchmarkresults.backend;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import org.benchmarkresults.Server;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The service on a free port and a database of its own, for the tests of one class: started by the
 * first of them, stopped after the last.
 */
public final class RunningService implements BeforeEachCallback {
  private final Backend backend;
  private final Map<String, String> settings;
  private Node node;

  private RunningService(Backend backend, Map<String, String> settings) {
    this.backend = backend;
    this.settings = settings;
  }

  public static RunningService on(Backend backend) {
    return new RunningService(backend, Map.of());
  }

  /**
   * @param settings as in the environment
   */
  public static RunningService on(Backend backend, Map<String, String> settings) {
    return new RunningService(backend, settings);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    // One instance of this for each test, one node for all of them: the store of their class has
    // it.
    node =
        classOf(test)
            .getStore(Namespace.create(RunningService.class, backend))
            .getOrComputeIfAbsent(
                settings, different -> Node.start(backend, different), Node.class);
  }

  /** Between a class and the runs of a parameterized test stands the test itself. */
  private static ExtensionContext classOf(ExtensionContext test) {
    return test.getTestMethod().isEmpty() ? test : classOf(test.getParent().orElseThrow());
  }

  public Client client() {
    return node.client;
  }

  public int port() {
    return node.server.port();
  }

  /** One node with all it stands on; closed by JUnit with the store it is in. */
  private record Node(Database database, Server server, Vertx clients, Client client)
      implements AutoCloseable {
    static Node start(Backend backend, Map<String, String> settings) {
      Database database = backend.freshDatabase();
      try {
        Server server = Server.start(database.config(settings), Clock.systemUTC()).await();
        Vertx clients = Vertx.vertx();
        return new Node(database, server, clients, new Client(clients, server.port()));
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    }

    @Override
    public void close() {
      clients.close().await();
      server.close().await();
      database.close();
    }
  }
}

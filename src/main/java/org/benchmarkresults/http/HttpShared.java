package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.benchmarkresults.config.Config;

/** What the instances of {@link HttpVerticle} of one node have in common. Thread-safe. */
public final class HttpShared {
  private final Contract contract;
  private final Docs docs;
  private final BodyReader bodies;
  private volatile int port;

  private HttpShared(Contract contract, Docs docs, Config.Http config) {
    this.contract = contract;
    this.docs = docs;
    bodies = new BodyReader(config.bodyLimit().bytes(), config.uploadBudget().bytes());
  }

  /** Succeeds when contract and documentation are read; fails when the contract is not valid. */
  public static Future<HttpShared> load(Vertx vertx, Config.Http config) {
    return vertx
        .executeBlocking(Docs::new, false)
        .compose(docs -> Contract.load(vertx).map(it -> new HttpShared(it, docs, config)));
  }

  Contract contract() {
    return contract;
  }

  BodyReader bodies() {
    return bodies;
  }

  Docs docs() {
    return docs;
  }

  void listensOn(int actualPort) {
    port = actualPort;
  }

  /** The port that is listened on; 0 before that. */
  public int port() {
    return port;
  }
}

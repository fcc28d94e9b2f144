package org.benchmarkresults.http;

import org.benchmarkresults.config.Config;

/** What the instances of {@link HttpVerticle} of one node have in common. Thread-safe. */
public final class HttpShared {
  private final BodyReader bodies;
  private final Docs docs = new Docs();
  private volatile int port;

  /** Reads the documentation page; blocks. */
  public HttpShared(Config.Http config) {
    bodies = new BodyReader(config.bodyLimit().bytes(), config.uploadBudget().bytes());
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

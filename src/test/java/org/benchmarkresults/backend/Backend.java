package org.benchmarkresults.backend;

/** The kinds of database that the service runs on; each suite is run against every one. */
public enum Backend {
  /** A MongoDB, wherever {@link RealMongo} finds one. */
  MONGOD {
    @Override
    public Database freshDatabase() {
      return new MongodDatabase(RealMongo.urlOrSkip());
    }
  },

  /** The one inside the service's own process. */
  EMBEDDED {
    @Override
    public Database freshDatabase() {
      return new EmbeddedDatabase();
    }
  };

  /** An empty database of the caller's own; skips the test when this backend is not to be had. */
  public abstract Database freshDatabase();
}

package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import org.benchmarkresults.storage.embedded.rows.EmbeddedDatabase;
import org.h2.mvstore.MVStore;

/** The databases of one MVStore. */
final class EmbeddedBackend extends AbstractMongoBackend {
  private final MVStore store;

  EmbeddedBackend(MVStore store) {
    this.store = store;
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new EmbeddedDatabase(name, store, getCursorRegistry());
  }
}

package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.MVStore;

/** A database whose collections are maps of one MVStore. */
public final class EmbeddedDatabase extends AbstractSynchronizedMongoDatabase<KeyBytes> {
  private final MVStore store;

  public EmbeddedDatabase(String name, MVStore store, CursorRegistry cursors) {
    super(name, cursors);
    this.store = store;
    initializeNamespacesAndIndexes();
  }

  @Override
  protected MongoCollection<KeyBytes> openOrCreateCollection(
      String name, CollectionOptions options) {
    DataMaps maps = DataMaps.open(store, getFullCollectionNamespace(name));
    return new EmbeddedCollection(this, name, options, maps, cursorRegistry);
  }

  @Override
  protected Index<KeyBytes> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    if (!keys.stream().map(IndexKey::getKey).toList().equals(List.of(IdIndex.ID))) {
      throw new UnsupportedOperationException("only _id is unique here");
    }
    DataMaps maps = DataMaps.open(store, getFullCollectionNamespace(collection));
    return new IdIndex(maps.ids(), name, keys);
  }

  @Override
  public void dropCollection(String name, Oplog oplog) {
    super.dropCollection(name, oplog);
    DataMaps.remove(store, getFullCollectionNamespace(name));
  }

  @Override
  public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
    throw new UnsupportedOperationException("collections are not renamed here");
  }

  @Override
  protected long getStorageSize() {
    return store.getFileStore() == null ? 0 : store.getFileStore().size();
  }

  @Override
  protected long getFileSize() {
    return getStorageSize();
  }
}

package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The unique index of a collection: where the row of each {@code _id} is. */
public final class IdIndex extends Index<KeyBytes> {
  public static final String ID = "_id";

  private final MVMap<KeyBytes, KeyBytes> rows;

  IdIndex(MVMap<KeyBytes, KeyBytes> rows, String name, List<IndexKey> keys) {
    super(name, keys, false);
    this.rows = rows;
  }

  private static KeyBytes id(Document document) {
    return OrderedBytes.of(document.get(ID));
  }

  MVMap<KeyBytes, KeyBytes> rows() {
    return rows;
  }

  @Override
  public @Nullable KeyBytes getPosition(Document document) {
    return rows.get(id(document));
  }

  @Override
  public void checkAdd(Document document, MongoCollection<KeyBytes> collection) {
    if (rows.containsKey(id(document))) {
      throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(document.get(ID)));
    }
  }

  @Override
  public void add(Document document, KeyBytes position, MongoCollection<KeyBytes> collection) {
    rows.put(id(document), position);
  }

  @Override
  public @Nullable KeyBytes remove(Document document) {
    return rows.remove(id(document));
  }

  /** The collection looks for rows itself. */
  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<KeyBytes> getPositions(Document query) {
    throw new UnsupportedOperationException("the collection looks for rows itself");
  }

  @Override
  public long getCount() {
    return rows.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  /** An {@code _id} never changes. */
  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<KeyBytes> collection) {}

  @Override
  public void updateInPlace(
      Document before, Document after, KeyBytes position, MongoCollection<KeyBytes> collection) {}

  @Override
  public boolean isUnique() {
    return true;
  }

  @Override
  public void drop() {
    rows.clear();
  }
}

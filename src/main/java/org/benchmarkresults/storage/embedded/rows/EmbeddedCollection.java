package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection in the maps of an MVStore. Changes come one after the other; reads wait for none and
 * see each document as it is when it is read.
 *
 * <p>Aggregations do not see {@code data} that stands apart from its row: none asks for it.
 */
public final class EmbeddedCollection extends AbstractMongoCollection<KeyBytes> {
  private final DataMaps maps;
  private final RowSearch search;

  EmbeddedCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      DataMaps maps,
      CursorRegistry cursors) {
    super(database, name, options, cursors);
    this.maps = maps;
    search = new RowSearch(maps, this::documentMatchesQuery);
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int difference) {}

  @Override
  protected int getDataSize() {
    return 0;
  }

  @Override
  public int count() {
    return maps.rows().size();
  }

  @Override
  public boolean isEmpty() {
    return maps.rows().isEmpty();
  }

  @Override
  public int count(@Nullable Document query, int skip, int limit) {
    if (query == null || query.isEmpty()) {
      return super.count(query, skip, limit);
    }
    long most = limit > 0 ? (long) limit + skip : 0;
    return (int) Math.max(0, search.count(query, most) - skip);
  }

  @Override
  protected KeyBytes addDocumentInternal(Document document) {
    KeyBytes key = key(document);
    maps.rows().put(key, Row.bytes(document, addData(document)));
    return key;
  }

  private KeyBytes key(Document document) {
    String idField = getIdField();
    Object id = idField == null ? UUID.randomUUID() : document.get(idField);
    return RowSearch.key(document.get(RowSearch.FIRST_RECEIVED_AT), OrderedBytes.of(id));
  }

  /** The number of the document's data that stands apart; 0 when there is none. */
  private long addData(Document document) {
    byte[] data = Row.dataApart(document);
    if (data == null) {
      return 0;
    }
    Long last = maps.data().lastKey();
    long number = last == null ? 1 : last + 1;
    maps.data().put(number, Checksum.before(data));
    return number;
  }

  @Override
  protected @Nullable Document getDocument(KeyBytes position) {
    RowCursor.Read read = document(position, new Document(), null);
    return read == null ? null : read.document();
  }

  @Override
  protected void removeDocument(KeyBytes position) {
    byte[] row = maps.rows().remove(position);
    if (row != null) {
      removeData(row);
    }
  }

  private void removeData(byte[] row) {
    long number = Row.of(row).dataNumber();
    if (number != 0) {
      maps.data().remove(number);
    }
  }

  @Override
  protected void handleUpdate(KeyBytes position, Document before, Document after) {
    KeyBytes key = key(after);
    // Concurrent readers see the old document or the new one, never none.
    byte[] replaced = maps.rows().put(key, Row.bytes(after, addData(after)));
    if (key.equals(position)) {
      if (replaced != null) {
        removeData(replaced);
      }
    } else {
      getIndexes().forEach(index -> index.add(after, key, this));
      removeDocument(position);
    }
  }

  @Override
  protected Stream<DocumentWithPosition<KeyBytes>> streamAllDocumentsWithPosition() {
    return search
        .all()
        .map(
            entry ->
                new DocumentWithPosition<>(Row.of(entry.getValue()).document(), entry.getKey()));
  }

  @Override
  public Stream<Document> queryAllAsStream() {
    return search.all().map(entry -> Row.of(entry.getValue()).document());
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document order,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document projection) {
    Document ordered = order == null ? new Document() : order;
    List<KeyBytes> found =
        search.keys(query, ordered, deriveComparator(ordered), limit > 0 ? skip + limit : 0);
    List<KeyBytes> keys = found.subList(Math.min(skip, found.size()), found.size());
    if (batchSize == 0) {
      return new QueryResult(() -> documents(keys, query, projection));
    }
    RowCursor cursor =
        new RowCursor(
            cursorRegistry.generateCursorId(), keys, key -> document(key, query, projection));
    List<Document> first = cursor.takeDocuments(batchSize);
    if (cursor.isEmpty()) {
      return new QueryResult(first);
    }
    cursorRegistry.add(cursor);
    return new QueryResult(first, cursor);
  }

  /** All documents in the order of their receipt. */
  public Iterator<byte[]> rows() {
    return search.all().map(Map.Entry::getValue).iterator();
  }

  private Iterator<Document> documents(
      List<KeyBytes> keys, Document query, @Nullable Document projection) {
    return keys.stream()
        .map(key -> document(key, query, projection))
        .filter(Objects::nonNull)
        .map(RowCursor.Read::document)
        .iterator();
  }

  /** The current document; null when it is gone or no longer matches the query. */
  private RowCursor.@Nullable Read document(
      KeyBytes key, Document query, @Nullable Document projection) {
    boolean withData = Projections.mayHold(projection, Row.DATA);
    byte[] bytes;
    Document document;
    do {
      bytes = maps.rows().get(key);
      if (bytes == null) {
        return null;
      }
      document = withData ? search.whole(Row.of(bytes)) : Row.of(bytes).document();
    } while (document == null);
    if (!documentMatchesQuery(document, query)) {
      return null;
    }
    byte[] data = withData ? Row.dataApart(document) : null;
    return new RowCursor.Read(
        projected(document, projection), bytes.length + (data == null ? 0 : data.length));
  }

  private Document projected(Document document, @Nullable Document projection) {
    return projection == null || projection.isEmpty()
        ? document
        : matchDocumentsFromStream(new Document(), Stream.of(document), 0, 0, 0, null, projection)
            .collectDocuments()
            .get(0);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document order,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document projection) {
    return queryDocuments(query, order, skip, limit, batchSize, projection);
  }

  @Override
  public synchronized void addDocument(Document document) {
    super.addDocument(document);
  }

  @Override
  public synchronized List<Document> insertDocuments(List<Document> documents, boolean ordered) {
    return super.insertDocuments(documents, ordered);
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters arrayFilters,
      boolean multi,
      boolean upsert,
      Oplog oplog) {
    return super.updateDocuments(selector, update, arrayFilters, multi, upsert, oplog);
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return super.findAndModify(query);
  }

  /** Without reading the data that goes. */
  @Override
  public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
    List<Object> ids = new ArrayList<>();
    for (KeyBytes key : search.keys(selector, new Document(), null, limit)) {
      byte[] row = maps.rows().get(key);
      if (row != null) {
        Document document = Row.of(row).document();
        ids.add(document.get(getIdField()));
        getIndexes().forEach(index -> index.remove(document));
        removeDocument(key);
      }
    }
    oplog.handleDelete(getFullName(), selector, ids);
    return ids.size();
  }

  @Override
  public synchronized void removeDocument(Document document) {
    super.removeDocument(document);
  }
}

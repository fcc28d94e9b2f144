package org.benchmarkresults.storage.attachment;

import io.vertx.core.Future;
import java.util.List;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.Generation;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.save.ChunkStore;

/** Removes the attachments of results that are removed for good. */
public final class AttachmentPurge {
  private final AttachmentStore store;
  private final ChunkStore chunks;

  public AttachmentPurge(MongoClients clients, CollectionNames collections) {
    store = new AttachmentStore(clients, collections);
    chunks = new ChunkStore(clients, collections.attachmentChunks());
  }

  /**
   * Removes all attachments of a result, the bytes of each first, so that what is cut short is done
   * again. Fails with {@code Unavailable}.
   */
  public Future<Void> remove(Stage stage, String resultName, Generation lineage) {
    return store.all(AttachmentOwner.of(stage, resultName, lineage)).compose(this::remove);
  }

  private Future<Void> remove(List<AttachmentDocument> all) {
    Future<?> done = Future.succeededFuture();
    for (AttachmentDocument one : all) {
      done = done.compose(before -> chunks.remove(one.upload())).compose(gone -> store.remove(one));
    }
    return done.mapEmpty();
  }
}

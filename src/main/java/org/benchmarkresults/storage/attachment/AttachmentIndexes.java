package org.benchmarkresults.storage.attachment;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import org.benchmarkresults.storage.index.IndexSet;
import org.benchmarkresults.storage.mongo.CollectionNames;

/** The index that the sweep of orphaned chunks finds attachments by. */
public final class AttachmentIndexes {
  private AttachmentIndexes() {}

  public static List<IndexSet> all(CollectionNames collections) {
    return List.of(
        new IndexSet(
            collections.attachments(),
            List.of(
                new IndexModel(
                    Indexes.ascending(AttachmentDocument.UPLOAD),
                    new IndexOptions().name("upload")))));
  }
}

package org.benchmarkresults.storage.operation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import org.benchmarkresults.storage.index.IndexSet;
import org.benchmarkresults.storage.mongo.CollectionNames;

/** The index by which nodes find the operations that they have work with; mostly empty. */
public final class BulkIndexes {
  private BulkIndexes() {}

  public static List<IndexSet> all(CollectionNames collections) {
    return List.of(
        new IndexSet(
            collections.bulkOperations(),
            List.of(
                new IndexModel(
                    Indexes.ascending(BulkDocument.OPEN, BulkDocument.NOT_BEFORE),
                    new IndexOptions()
                        .name("open")
                        .partialFilterExpression(Filters.eq(BulkDocument.OPEN, true))))));
  }
}

package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.index.IndexSet;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** The indexes of annotations. Those of their copies are declared with the other indexes there. */
public final class AnnotationIndexes {
  /** Names by label. */
  static final String LABEL = "label";

  private AnnotationIndexes() {}

  /** All indexes for finding annotations. */
  public static List<IndexSet> all(CollectionNames collections) {
    return List.of(
        new IndexSet(
            collections.annotations(),
            List.of(
                new IndexModel(
                    new BsonDocument(AnnotationFields.LABELS, new BsonInt32(1))
                        .append(AnnotationDocument.BENCHMARK_NAME, new BsonInt32(1)),
                    new IndexOptions().name(LABEL)),
                new IndexModel(
                    new BsonDocument(AnnotationDocument.PENDING, new BsonInt32(1)),
                    new IndexOptions()
                        .name(AnnotationDocument.PENDING)
                        .partialFilterExpression(Filters.exists(AnnotationDocument.PENDING))))));
  }
}

package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.storage.index.IndexSet;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.observation.DerivationDocument;

/** The indexes that the background work finds derivations by. */
public final class DerivationIndexes {
  /** The results to be read, oldest first; empty once all are read. */
  public static final String PENDING = "pending";

  /** The results that could not be read. */
  public static final String FAILED = "failed";

  /** The results that an adapter has read. */
  public static final String ADAPTER = "adapter";

  private DerivationIndexes() {}

  public static List<IndexSet> all(CollectionNames collections) {
    return List.of(
        new IndexSet(
            collections.derivations(),
            List.of(
                ofState(PENDING, DerivationState.PENDING),
                ofState(FAILED, DerivationState.FAILED),
                new IndexModel(
                    Indexes.ascending(DerivationDocument.ADAPTER, DerivationDocument.ID),
                    new IndexOptions().name(ADAPTER)))));
  }

  private static IndexModel ofState(String name, DerivationState state) {
    return new IndexModel(
        Indexes.ascending(DerivationDocument.AT, DerivationDocument.ID),
        new IndexOptions()
            .name(name)
            .partialFilterExpression(Filters.eq(DerivationDocument.STATE, state.text())));
  }
}

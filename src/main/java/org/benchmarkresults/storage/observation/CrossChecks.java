package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.result.Stage;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Marks the observations of standardized outputs as cross checks while the raw input of the same
 * name has observations too, because then those count. A raw input that only the generic adapter
 * understood does not count where another adapter understood the standardized output.
 */
final class CrossChecks {
  private static final String GENERIC = "generic";

  private final DerivedCollections collections;

  CrossChecks(DerivedCollections collections) {
    this.collections = collections;
  }

  /** Whether the observations that are being written are cross checks. */
  static boolean isCrossCheck(Writing standardized, @Nullable BsonDocument raw) {
    return standardized.result().stage() == Stage.STANDARDIZED
        && counts(raw, standardized.derived().observations().adapter());
  }

  private static boolean counts(@Nullable BsonDocument raw, @Nullable String otherAdapter) {
    return raw != null
        && raw.getInt32(DerivationDocument.COUNT, new BsonInt32(0)).getValue() > 0
        && (!GENERIC.equals(adapter(raw)) || GENERIC.equals(otherAdapter));
  }

  private static @Nullable String adapter(BsonDocument derivation) {
    BsonString name = derivation.getString(DerivationDocument.ADAPTER, new BsonString(""));
    return name.getValue().isEmpty() ? null : name.getValue();
  }

  /**
   * Marks those that are cross checks, and no others.
   *
   * @param standardized ids of derivation documents
   * @param documents these and those of the raw inputs
   */
  Future<Void> mark(List<String> standardized, Map<String, BsonDocument> documents) {
    List<UpdateManyModel<BsonDocument>> observations = new ArrayList<>();
    List<UpdateOneModel<BsonDocument>> derivations = new ArrayList<>();
    for (String id : standardized) {
      BsonDocument document = documents.get(id);
      if (document == null) {
        continue;
      }
      boolean wanted =
          counts(
              documents.get(ObservationId.ofResult(Stage.RAW, ObservationId.resultName(id))),
              adapter(document));
      if (wanted != document.containsKey(DerivationDocument.CROSS_CHECK)) {
        String name = ObservationId.resultName(id);
        observations.add(
            new UpdateManyModel<>(
                Filters.and(
                    Writing.range(
                        ObservationId.from(Stage.STANDARDIZED, name),
                        ObservationId.to(Stage.STANDARDIZED, name)),
                    Filters.exists(ObservationDocument.CROSS_CHECK, !wanted)),
                set(ObservationDocument.CROSS_CHECK, wanted)));
        derivations.add(
            new UpdateOneModel<>(
                // Written anew meanwhile, it is marked by that writing.
                Filters.and(
                    Filters.eq(DerivationDocument.ID, id),
                    Filters.eq(
                        DerivationDocument.GENERATION,
                        document.get(DerivationDocument.GENERATION))),
                set(DerivationDocument.CROSS_CHECK, wanted)));
      }
    }
    return DerivedCollections.write(collections.observations(), observations)
        .compose(marked -> DerivedCollections.write(collections.derivations(), derivations))
        .mapEmpty();
  }

  private static Bson set(String field, boolean value) {
    return value ? Updates.set(field, true) : Updates.unset(field);
  }
}

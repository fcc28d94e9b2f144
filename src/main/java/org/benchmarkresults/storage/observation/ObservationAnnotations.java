package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.Updates;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * The annotations of a result in its observations: labels and exclusion, by which observations are
 * found. An observation of a result without annotations has none of these fields.
 */
public final class ObservationAnnotations {
  /** The revision. */
  public static final String REVISION = "an";

  /** The labels, as {@link AnnotationFields} has them. */
  public static final String LABELS = "l";

  /** The reason of the exclusion. */
  public static final String EXCLUDED = "e";

  private ObservationAnnotations() {}

  /** Puts the annotations into the document of an observation. */
  static void into(Annotations annotations, BsonDocument document) {
    if (annotations.revision() == 0) {
      return;
    }
    document.append(REVISION, new BsonInt32(annotations.revision()));
    if (!annotations.labels().isEmpty()) {
      document.append(LABELS, AnnotationFields.labels(annotations));
    }
    if (annotations.excluded() != null) {
      document.append(EXCLUDED, new BsonString(annotations.excluded()));
    }
  }

  /** Reads what {@link #into} put there. */
  static Annotations read(BsonDocument document) {
    if (!document.containsKey(REVISION)) {
      return Annotations.NONE;
    }
    BsonArray labels = document.getArray(LABELS, new BsonArray());
    return new Annotations(
        document.getInt32(REVISION).getValue(),
        labels.stream().map(text -> AnnotationFields.label(text.asString().getValue())).toList(),
        null,
        document.containsKey(EXCLUDED) ? document.getString(EXCLUDED).getValue() : null);
  }

  /** The update of all observations of a result, unless they have those of a later revision. */
  public static UpdateManyModel<BsonDocument> update(
      Stage stage, String resultName, Annotations annotations) {
    Bson ofResult =
        Writing.range(ObservationId.from(stage, resultName), ObservationId.to(stage, resultName));
    return new UpdateManyModel<>(
        Filters.and(
            ofResult,
            Filters.or(Filters.eq(REVISION, null), Filters.lt(REVISION, annotations.revision()))),
        Updates.combine(
            Updates.set(REVISION, annotations.revision()),
            annotations.labels().isEmpty()
                ? Updates.unset(LABELS)
                : Updates.set(LABELS, AnnotationFields.labels(annotations)),
            annotations.excluded() == null
                ? Updates.unset(EXCLUDED)
                : Updates.set(EXCLUDED, annotations.excluded())));
  }
}

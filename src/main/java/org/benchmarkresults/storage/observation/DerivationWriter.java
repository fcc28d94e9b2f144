package org.benchmarkresults.storage.observation;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The derivation document of a result that was read. */
final class DerivationWriter {
  private static final int MOST_LISTED = 200;
  private static final int MOST_NAMES = 500;

  private DerivationWriter() {}

  /** The document, except for the members that belong to its writing. */
  static BsonDocument document(DerivedResult derived, String generation, Instant now) {
    ObservedResult result = derived.result();
    DerivedObservations found = derived.observations();
    BsonDocument document =
        new BsonDocument(
                DerivationDocument.ID,
                new BsonString(ObservationId.ofResult(result.stage(), result.resultName())))
            .append(
                DerivationDocument.STAGE,
                new BsonString(String.valueOf(ObservationId.letter(result.stage()))))
            .append(DerivationDocument.VERSION, new BsonInt32(result.version()))
            .append(DerivationDocument.STATE, new BsonString(derived.state().text()))
            .append(DerivationDocument.GENERATION, new BsonString(generation))
            .append(DerivationDocument.CATALOG, new BsonString(derived.catalog()))
            .append(DerivationDocument.ADAPTER_VERSION, new BsonInt32(found.adapterVersion()))
            .append(DerivationDocument.COUNT, new BsonInt32(found.observations().size()))
            .append(
                DerivationDocument.NOT_UNDERSTOOD_COUNT,
                new BsonInt32(found.notUnderstood().size()))
            .append(DerivationDocument.BENCHMARK_NAME, new BsonString(result.benchmarkName()))
            .append(DerivationDocument.FIRST_RECEIVED_AT, moment(result.firstReceivedAt()))
            .append(DerivationDocument.AT, moment(now));
    text(DerivationDocument.REASON, derived.reason(), document);
    text(DerivationDocument.ADAPTER, found.adapter(), document);
    text(DerivationDocument.RECOGNISED_BY, found.recognisedBy(), document);
    text(DerivationDocument.TOOL, found.tool(), document);
    text(DerivationDocument.FORMAT, found.format(), document);
    text(DerivationDocument.HOLDS, found.holds(), document);
    text(DerivationDocument.TOOL_VERSION, found.toolVersion(), document);
    text(DerivationDocument.HEADLINE, found.headline(), document);
    array(
        DerivationDocument.NOT_UNDERSTOOD,
        found.notUnderstood(),
        DerivationWriter::notUnderstood,
        document);
    array(
        DerivationDocument.CONTRADICTIONS,
        found.contradictions(),
        DerivationWriter::contradiction,
        document);
    names(DerivationDocument.TASKS, found, Observation::task, document);
    names(DerivationDocument.METRICS, found, Observation::metric, document);
    return document;
  }

  static BsonDateTime moment(Instant instant) {
    return new BsonDateTime(instant.toEpochMilli());
  }

  private static BsonDocument notUnderstood(NotUnderstood one) {
    return new BsonDocument(DerivationDocument.POINTER, new BsonString(one.pointer()))
        .append(DerivationDocument.NOT_UNDERSTOOD_REASON, new BsonString(one.reason()));
  }

  private static BsonDocument contradiction(Contradiction one) {
    BsonDocument document = new BsonDocument();
    text(DerivationDocument.CONTRADICTION_DIMENSION, one.dimension(), document);
    text(DerivationDocument.CONTRADICTION_USED, one.used(), document);
    text(DerivationDocument.CONTRADICTION_USED_FROM, one.usedFrom(), document);
    text(DerivationDocument.CONTRADICTION_OTHER, one.other(), document);
    text(DerivationDocument.CONTRADICTION_OTHER_FROM, one.otherFrom(), document);
    text(DerivationDocument.POINTER, one.pointer(), document);
    return document;
  }

  private static void names(
      String field,
      DerivedObservations found,
      Function<Observation, @Nullable String> name,
      BsonDocument document) {
    List<BsonString> names =
        found.observations().stream()
            .map(ResolvedObservation::observation)
            .<String>mapMulti(
                (one, names1) -> {
                  String text = name.apply(one);
                  if (text != null) {
                    names1.accept(text);
                  }
                })
            .distinct()
            .limit(MOST_NAMES)
            .map(BsonString::new)
            .toList();
    if (!names.isEmpty()) {
      document.append(field, new BsonArray(names));
    }
  }

  private static <T> void array(
      String field, List<T> all, Function<T, BsonValue> element, BsonDocument document) {
    if (!all.isEmpty()) {
      document.append(field, new BsonArray(all.stream().limit(MOST_LISTED).map(element).toList()));
    }
  }

  private static void text(String field, @Nullable String value, BsonDocument document) {
    if (value != null) {
      document.append(field, new BsonString(value));
    }
  }
}

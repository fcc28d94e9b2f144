package org.benchmarkresults.storage.observation.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observed.Disagreement;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Reads derivation documents. */
final class DerivationReader {
  private DerivationReader() {}

  /** Whether the document is of the version of the summary. */
  static boolean isOf(ResultSummary summary, BsonDocument document) {
    return number(DerivationDocument.VERSION, document) == summary.version()
        && state(document) != DerivationState.PENDING;
  }

  static boolean isOfBenchmark(ResultSummary summary, BsonDocument document) {
    return summary
        .envelope()
        .key()
        .benchmarkName()
        .equals(text(DerivationDocument.BENCHMARK_NAME, document));
  }

  static boolean hasObservations(BsonDocument document) {
    return state(document) == DerivationState.DERIVED
        && number(DerivationDocument.COUNT, document) > 0;
  }

  static DerivationState state(BsonDocument document) {
    String text = text(DerivationDocument.STATE, document);
    return Arrays.stream(DerivationState.values())
        .filter(state -> state.text().equals(text))
        .findFirst()
        .orElse(DerivationState.PENDING);
  }

  static String generation(BsonDocument document) {
    return String.valueOf(text(DerivationDocument.GENERATION, document));
  }

  static @Nullable String headline(BsonDocument document) {
    return text(DerivationDocument.HEADLINE, document);
  }

  /** The reply for a result; one that is pending has no more than its state. */
  static ResultObservations found(
      Stage stage,
      ResultSummary summary,
      Optional<BsonDocument> derivation,
      List<Disagreement> disagreements) {
    BsonDocument document =
        derivation.filter(one -> isOf(summary, one)).orElseGet(BsonDocument::new);
    boolean isRead = !document.isEmpty();
    List<NotUnderstood> notUnderstood =
        all(
            DerivationDocument.NOT_UNDERSTOOD,
            document,
            one ->
                new NotUnderstood(
                    required(DerivationDocument.POINTER, one),
                    required(DerivationDocument.NOT_UNDERSTOOD_REASON, one)));
    return new ResultObservations.Found(
        stage,
        summary.resultName(),
        summary.version(),
        isRead ? state(document) : DerivationState.PENDING,
        text(DerivationDocument.REASON, document),
        isRead ? reading(document) : null,
        notUnderstood,
        Math.max(notUnderstood.size(), number(DerivationDocument.NOT_UNDERSTOOD_COUNT, document)),
        all(DerivationDocument.CONTRADICTIONS, document, DerivationReader::contradiction),
        disagreements);
  }

  private static ResultObservations.Reading reading(BsonDocument document) {
    return new ResultObservations.Reading(
        text(DerivationDocument.ADAPTER, document),
        number(DerivationDocument.ADAPTER_VERSION, document),
        text(DerivationDocument.RECOGNISED_BY, document),
        text(DerivationDocument.TOOL, document),
        text(DerivationDocument.FORMAT, document),
        text(DerivationDocument.HOLDS, document),
        text(DerivationDocument.TOOL_VERSION, document),
        generation(document));
  }

  private static Contradiction contradiction(BsonDocument one) {
    return new Contradiction(
        required(DerivationDocument.CONTRADICTION_DIMENSION, one),
        required(DerivationDocument.CONTRADICTION_USED, one),
        required(DerivationDocument.CONTRADICTION_USED_FROM, one),
        required(DerivationDocument.CONTRADICTION_OTHER, one),
        required(DerivationDocument.CONTRADICTION_OTHER_FROM, one),
        text(DerivationDocument.POINTER, one));
  }

  private static <T> List<T> all(
      String field, BsonDocument document, Function<BsonDocument, T> read) {
    return document.getArray(field, new BsonArray()).stream()
        .map(BsonValue::asDocument)
        .map(read)
        .toList();
  }

  private static int number(String field, BsonDocument document) {
    return document.getNumber(field, new BsonInt32(0)).intValue();
  }

  private static String required(String field, BsonDocument document) {
    return document.getString(field).getValue();
  }

  private static @Nullable String text(String field, BsonDocument document) {
    BsonValue value = document.get(field);
    return value == null || !value.isString() ? null : value.asString().getValue();
  }
}

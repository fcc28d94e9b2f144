package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.result.Stage;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The writing of one result's observations: its filters and documents. */
final class Writing {
  private final DerivedResult derived;
  private final int rank;
  private final String id;
  private final String counterpartId;
  private final String generation;
  private final String token = UUID.randomUUID().toString();

  /** The derivation document as it was claimed; null before that and when there was none. */
  private @Nullable BsonDocument claimed;

  private boolean isCrossCheck;

  /** Those of the result's name, without the note. */
  private Annotations annotations = Annotations.NONE;

  /**
   * @param rank of the catalog of adapters; those of a higher rank are newer
   */
  Writing(DerivedResult derived, int rank) {
    this.derived = derived;
    this.rank = rank;
    ObservedResult result = derived.result();
    id = ObservationId.ofResult(result.stage(), result.resultName());
    counterpartId =
        ObservationId.ofResult(
            result.stage() == Stage.RAW ? Stage.STANDARDIZED : Stage.RAW, result.resultName());
    generation =
        ObservationId.generation(
            result.version(),
            String.valueOf(derived.observations().adapter()),
            derived.observations().adapterVersion(),
            derived.catalog() + seriesDigest(derived));
  }

  /**
   * The series of a standardized output follow those of its raw input, so that the same reading of
   * it may find others later.
   */
  private static String seriesDigest(DerivedResult derived) {
    if (derived.result().stage() == Stage.RAW) {
      return "";
    }
    CRC32C sum = new CRC32C();
    for (ResolvedObservation one : derived.observations().observations()) {
      sum.update(one.series().getBytes(StandardCharsets.UTF_8));
    }
    return "-" + HexFormat.of().toHexDigits((int) sum.getValue());
  }

  DerivedResult derived() {
    return derived;
  }

  ObservedResult result() {
    return derived.result();
  }

  String id() {
    return id;
  }

  String token() {
    return token;
  }

  String generation() {
    return generation;
  }

  /** The id of the result of this name in the other stage. */
  String counterpartId() {
    return counterpartId;
  }

  /** The adapter upgrade for which the result is read again; null for none. */
  @Nullable String upgrade() {
    return claimed != null && claimed.containsKey(DerivationDocument.UPGRADE)
        ? claimed.getString(DerivationDocument.UPGRADE).getValue()
        : null;
  }

  void claimed(@Nullable BsonDocument document) {
    claimed = document;
  }

  void crossCheck(boolean value) {
    isCrossCheck = value;
  }

  Annotations annotations() {
    return annotations;
  }

  void annotated(Annotations found) {
    annotations = found;
  }

  /**
   * Matches the derivation document unless it is of a later version, of newer adapters, or of this
   * very reading. Another life of the name, told by its first receipt, counts its versions anew.
   */
  Bson claimable() {
    ObservedResult result = derived.result();
    Bson unlessNewer =
        Filters.and(
            Filters.eq(DerivationDocument.VERSION, result.version()),
            Filters.not(Filters.gt(DerivationDocument.RANK, rank)),
            Filters.or(
                Filters.eq(DerivationDocument.STATE, DerivationState.PENDING.text()),
                Filters.ne(DerivationDocument.GENERATION, generation)));
    return Filters.and(
        Filters.eq(DerivationDocument.ID, id),
        Filters.or(
            Filters.lt(DerivationDocument.VERSION, result.version()),
            Filters.ne(DerivationDocument.FIRST_RECEIVED_AT, result.firstReceivedAt()),
            unlessNewer));
  }

  Bson claim(Instant now) {
    ObservedResult result = derived.result();
    return Updates.combine(
        Updates.set(DerivationDocument.STAGE, String.valueOf(ObservationId.letter(result.stage()))),
        Updates.set(DerivationDocument.VERSION, result.version()),
        Updates.set(DerivationDocument.FIRST_RECEIVED_AT, result.firstReceivedAt()),
        Updates.set(DerivationDocument.STATE, DerivationState.PENDING.text()),
        Updates.set(DerivationDocument.TOKEN, token),
        Updates.set(DerivationDocument.CLAIMED_GENERATION, generation),
        Updates.set(DerivationDocument.RANK, rank),
        Updates.set(DerivationDocument.AT, now));
  }

  /** Matches the derivation document while no other writing has claimed it. */
  Bson mine() {
    return Filters.and(
        Filters.eq(DerivationDocument.ID, id), Filters.eq(DerivationDocument.TOKEN, token));
  }

  /** All observations of the result. */
  Bson all() {
    return range(
        ObservationId.from(result().stage(), result().resultName()),
        ObservationId.to(result().stage(), result().resultName()));
  }

  /** All observations of the result that are not of this reading. */
  List<WriteModel<BsonDocument>> removalOfOthers() {
    ObservedResult result = derived.result();
    String own = ObservationId.from(result.stage(), result.resultName()) + generation;
    return List.of(
        new DeleteManyModel<>(
            range(
                ObservationId.from(result.stage(), result.resultName()),
                ObservationId.ofGeneration(own))),
        new DeleteManyModel<>(
            range(
                ObservationId.behindGeneration(own),
                ObservationId.to(result.stage(), result.resultName()))));
  }

  /** The observations of this reading. */
  WriteModel<BsonDocument> removalOfOwn() {
    ObservedResult result = derived.result();
    String own = ObservationId.from(result.stage(), result.resultName()) + generation;
    return new DeleteManyModel<>(
        range(ObservationId.ofGeneration(own), ObservationId.behindGeneration(own)));
  }

  static Bson range(String from, String to) {
    return Filters.and(
        Filters.gte(ObservationDocument.ID, from), Filters.lt(ObservationDocument.ID, to));
  }

  List<BsonDocument> observations() {
    return ObservationDocument.of(derived, generation, isCrossCheck, annotations);
  }

  /** The derivation document once the observations are written. */
  BsonDocument finished(Instant now) {
    BsonDocument document =
        DerivationWriter.document(derived, generation, now)
            .append(DerivationDocument.RANK, new BsonInt32(rank))
            .append(DerivationDocument.TOKEN, new BsonString(token))
            .append(DerivationDocument.CLAIMED_GENERATION, new BsonString(generation));
    if (isCrossCheck) {
      document.append(DerivationDocument.CROSS_CHECK, BsonBoolean.TRUE);
    }
    return document;
  }

  /** Whether the document is of this reading, whoever writes it. */
  boolean isReadingOf(BsonDocument document) {
    ArrayList<String> generations = new ArrayList<>();
    for (String field :
        List.of(DerivationDocument.GENERATION, DerivationDocument.CLAIMED_GENERATION)) {
      if (document.containsKey(field)) {
        generations.add(document.getString(field).getValue());
      }
    }
    return generations.contains(generation)
        && document
            .getDateTime(
                DerivationDocument.FIRST_RECEIVED_AT, DerivationWriter.moment(Instant.EPOCH))
            .equals(DerivationWriter.moment(derived.result().firstReceivedAt()));
  }
}

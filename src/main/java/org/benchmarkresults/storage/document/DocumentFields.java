package org.benchmarkresults.storage.document;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.jspecify.annotations.Nullable;

/** The fields of one result's document as they come by in its bytes. */
final class DocumentFields {
  private String id = "";
  private @Nullable Instant deletedAt;
  private String timestamp = "";
  private String benchmarkName = "";
  private String runId = "";
  private @Nullable String modelId;
  private @Nullable String tokenizerId;
  private @Nullable String source;
  private @Nullable Instant instant;
  private Instant receivedAt = Instant.EPOCH;
  private Instant firstReceivedAt = Instant.EPOCH;
  private int version;
  private String digest = "";
  private long size;
  private int nonFinite;
  private List<ExtraField> extra = List.of();
  private ByteBuffer data = ByteBuffer.allocate(0);
  private @Nullable String upload;
  private int chunks;
  private boolean multiline = true;
  private @Nullable String life;
  private List<Generation.Ancestor> ancestors = List.of();
  private int annotated;
  private List<Label> labels = List.of();
  private @Nullable String note;
  private @Nullable String excluded;

  DocumentFields(DocumentReader reader) {
    while (reader.next()) {
      field(reader.name(), reader);
    }
  }

  private void field(String name, DocumentReader reader) {
    switch (name) {
      case ResultDocument.ID -> id = reader.text();
      case ResultDocument.DELETED_AT -> deletedAt = reader.momentOrNull();
      case ResultDocument.TIMESTAMP -> timestamp = reader.text();
      case ResultDocument.BENCHMARK_NAME -> benchmarkName = reader.text();
      case ResultDocument.RUN_ID -> runId = reader.text();
      case ResultDocument.MODEL_ID -> modelId = reader.textOrNull();
      case ResultDocument.TOKENIZER_ID -> tokenizerId = reader.textOrNull();
      case ResultDocument.SOURCE -> source = reader.textOrNull();
      case ResultDocument.INSTANT -> instant = reader.momentOrNull();
      case ResultDocument.RECEIVED_AT -> receivedAt = reader.moment();
      case ResultDocument.FIRST_RECEIVED_AT -> firstReceivedAt = reader.moment();
      case ResultDocument.VERSION -> version = (int) reader.integer();
      case ResultDocument.DIGEST -> digest = reader.text();
      case ResultDocument.SIZE -> size = reader.integer();
      case ResultDocument.NON_FINITE -> nonFinite = (int) reader.integer();
      case ResultDocument.EXTRA -> extra = members(reader);
      case ResultDocument.DATA -> data = reader.binary();
      case ResultDocument.UPLOAD -> upload = reader.text();
      case ResultDocument.MULTILINE -> multiline = reader.truth();
      case ResultDocument.CHUNKS -> chunks = (int) reader.integer();
      case Generation.LIFE -> life = reader.text();
      case AnnotationFields.REVISION -> annotated = (int) reader.integer();
      case AnnotationFields.LABELS -> labels = AnnotationFields.readLabels(reader);
      case AnnotationFields.NOTE -> note = reader.text();
      case AnnotationFields.EXCLUDED -> excluded = reader.text();
      case Generation.ANCESTORS -> ancestors = Generation.readAncestors(reader);
      default -> {}
    }
  }

  StoredResult result() {
    ResultKey key = new ResultKey(timestamp, benchmarkName, runId);
    Envelope envelope = new Envelope(key, modelId, tokenizerId, source, extra);
    ResultSummary summary =
        new ResultSummary(
            envelope,
            instant,
            version,
            size,
            new Digest(digest),
            nonFinite - ResultDocument.nonFinite(extra),
            receivedAt,
            firstReceivedAt,
            annotations());
    StoredData where =
        upload == null
            ? new StoredData.Inline(data)
            : new StoredData.Chunked(upload, chunks, multiline);
    Generation lineage = new Generation(life, firstReceivedAt, ancestors);
    return new StoredResult(id, summary, where, deletedAt, lineage);
  }

  private Annotations annotations() {
    return annotated == 0 ? Annotations.NONE : new Annotations(annotated, labels, note, excluded);
  }

  private static List<ExtraField> members(DocumentReader reader) {
    List<ExtraField> members = new ArrayList<>();
    DocumentReader array = reader.within();
    while (array.next()) {
      members.add(member(array.within()));
    }
    return members;
  }

  private static ExtraField member(DocumentReader reader) {
    String name = "";
    ByteBuffer json = ByteBuffer.allocate(0);
    int nonFinite = 0;
    while (reader.next()) {
      switch (reader.name()) {
        case ResultDocument.EXTRA_NAME -> name = reader.text();
        case ResultDocument.EXTRA_JSON -> json = reader.binary();
        case ResultDocument.EXTRA_NON_FINITE -> nonFinite = (int) reader.integer();
        default -> {}
      }
    }
    return new ExtraField(name, new RawJson(json, nonFinite));
  }
}

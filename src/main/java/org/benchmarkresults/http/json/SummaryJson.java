package org.benchmarkresults.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultSummary;
import org.jspecify.annotations.Nullable;

/**
 * Members of a result as JSON, each name once. Members of the sender are written as they were sent,
 * beside the service's own; those whose names the service uses itself stand inside {@code extra},
 * so that no name is there twice and none is lost.
 */
public final class SummaryJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  // Prepared names are copied; plain ones would be looked through for escapes in every row.
  static final SerializableString RESULT_NAME = new SerializedString("result_name");
  static final SerializableString PK = new SerializedString("pk");
  static final SerializableString BENCHMARK_NAME = new SerializedString("benchmark_name");
  static final SerializableString RUN_ID = new SerializedString("run_id");
  static final SerializableString MODEL_ID = new SerializedString("model_id");
  static final SerializableString TOKENIZER_ID = new SerializedString("tokenizer_id");
  static final SerializableString SOURCE = new SerializedString("source");
  static final SerializableString TIMESTAMP = new SerializedString("timestamp");
  static final SerializableString INSTANT = new SerializedString("instant");
  static final SerializableString VERSION = new SerializedString("version");
  public static final SerializableString VERSIONS = new SerializedString("versions");
  static final SerializableString SIZE = new SerializedString("size");
  static final SerializableString DIGEST = new SerializedString("digest");
  static final SerializableString RECEIVED_AT = new SerializedString("received_at");
  static final SerializableString FIRST_RECEIVED_AT = new SerializedString("first_received_at");
  static final SerializableString NON_FINITE = new SerializedString("non_finite");
  static final SerializableString EXTRA = new SerializedString("extra");
  public static final SerializableString DELETED_AT = new SerializedString("deleted_at");
  public static final SerializableString DATA = new SerializedString("data");

  private static final Set<String> OWN =
      Stream.of(
              RESULT_NAME,
              PK,
              BENCHMARK_NAME,
              RUN_ID,
              MODEL_ID,
              TOKENIZER_ID,
              SOURCE,
              TIMESTAMP,
              INSTANT,
              VERSION,
              VERSIONS,
              SIZE,
              DIGEST,
              RECEIVED_AT,
              FIRST_RECEIVED_AT,
              NON_FINITE,
              EXTRA,
              DELETED_AT,
              DATA)
          .map(SerializableString::getValue)
          .collect(Collectors.toUnmodifiableSet());

  private SummaryJson() {}

  /** Of the newest version. */
  public static void summary(ResultSummary summary, JsonGenerator json) throws IOException {
    summary(summary, summary.version(), json);
  }

  /**
   * Writes all but the data.
   *
   * @param versions how many versions of the result there are
   */
  public static void summary(ResultSummary summary, int versions, JsonGenerator json)
      throws IOException {
    var envelope = summary.envelope();
    var key = envelope.key();
    text(PK, summary.resultName(), json);
    text(BENCHMARK_NAME, key.benchmarkName(), json);
    text(RUN_ID, key.runId(), json);
    text(MODEL_ID, envelope.modelId(), json);
    text(TOKENIZER_ID, envelope.tokenizerId(), json);
    text(SOURCE, envelope.source(), json);
    text(TIMESTAMP, key.timestamp(), json);
    moment(INSTANT, summary.instant(), json);
    number(VERSION, summary.version(), json);
    number(VERSIONS, versions, json);
    number(SIZE, summary.size(), json);
    text(DIGEST, summary.digest().text(), json);
    moment(RECEIVED_AT, summary.receivedAt(), json);
    moment(FIRST_RECEIVED_AT, summary.firstReceivedAt(), json);
    int nonFinite = nonFinite(summary);
    if (nonFinite > 0) {
      number(NON_FINITE, nonFinite, json);
    }
    if (!envelope.extra().isEmpty()) {
      extra(envelope.extra(), json);
    }
  }

  /** Of data and further members: as many as stand as null in the answer with the data. */
  public static int nonFinite(ResultSummary summary) {
    int ofExtra =
        summary.envelope().extra().stream().mapToInt(member -> member.value().nonFinite()).sum();
    return summary.nonFinite() + ofExtra;
  }

  private static void extra(List<ExtraField> members, JsonGenerator json) throws IOException {
    boolean anyOwn = false;
    for (ExtraField member : members) {
      if (OWN.contains(member.name())) {
        anyOwn = true;
      } else {
        member(member, json);
      }
    }
    if (!anyOwn) {
      return;
    }
    json.writeFieldName(EXTRA);
    json.writeStartObject();
    for (ExtraField member : members) {
      if (OWN.contains(member.name())) {
        member(member, json);
      }
    }
    json.writeEndObject();
  }

  private static void member(ExtraField member, JsonGenerator json) throws IOException {
    member(member.name(), member, json);
  }

  public static void member(String name, ExtraField member, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(strict(member.value()));
  }

  /** One of the service's own members, under its own name. */
  public static void member(String name, ResultSummary summary, JsonGenerator json)
      throws IOException {
    var envelope = summary.envelope();
    var key = envelope.key();
    switch (name) {
      case "pk" -> text(PK, summary.resultName(), json);
      case "benchmark_name" -> text(BENCHMARK_NAME, key.benchmarkName(), json);
      case "run_id" -> text(RUN_ID, key.runId(), json);
      case "model_id" -> text(MODEL_ID, envelope.modelId(), json);
      case "tokenizer_id" -> text(TOKENIZER_ID, envelope.tokenizerId(), json);
      case "source" -> text(SOURCE, envelope.source(), json);
      case "timestamp" -> text(TIMESTAMP, key.timestamp(), json);
      case "instant" -> moment(INSTANT, summary.instant(), json);
      case "version" -> number(VERSION, summary.version(), json);
      case "size" -> number(SIZE, summary.size(), json);
      case "digest" -> text(DIGEST, summary.digest().text(), json);
      case "received_at" -> moment(RECEIVED_AT, summary.receivedAt(), json);
      case "first_received_at" -> moment(FIRST_RECEIVED_AT, summary.firstReceivedAt(), json);
      case "non_finite" -> number(NON_FINITE, nonFinite(summary), json);
      case "extra" -> further(envelope.extra(), json);
      default -> throw new IllegalArgumentException("no member " + name);
    }
  }

  /** All further members in an object of their own. */
  private static void further(List<ExtraField> members, JsonGenerator json) throws IOException {
    json.writeFieldName(EXTRA);
    json.writeStartObject();
    for (ExtraField member : members) {
      member(member, json);
    }
    json.writeEndObject();
  }

  /** All further members as one JSON object; null when there are none. */
  public static @Nullable String furtherAsText(ResultSummary summary) {
    List<ExtraField> members = summary.envelope().extra();
    if (members.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (ExtraField member : members) {
        member(member, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  /**
   * The members that were sent, but the data.
   *
   * @param strict whether non-finite numbers are null
   */
  public static void sent(ResultSummary summary, boolean strict, JsonGenerator json)
      throws IOException {
    var envelope = summary.envelope();
    var key = envelope.key();
    text(RUN_ID, key.runId(), json);
    text(BENCHMARK_NAME, key.benchmarkName(), json);
    text(TIMESTAMP, key.timestamp(), json);
    text(MODEL_ID, envelope.modelId(), json);
    text(TOKENIZER_ID, envelope.tokenizerId(), json);
    text(SOURCE, envelope.source(), json);
    for (ExtraField member : envelope.extra()) {
      json.writeFieldName(member.name());
      json.writeRawValue(strict ? strict(member.value()) : OneLine.of(member.value().text()));
    }
  }

  private static String strict(RawJson value) {
    return OneLine.of(
        value.nonFinite() == 0
            ? value.text()
            : new StrictJson().next(value.toByteArray()).toString(StandardCharsets.UTF_8));
  }

  static void text(SerializableString name, @Nullable String value, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
  }

  public static void number(SerializableString name, long value, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(value);
  }

  public static void moment(SerializableString name, @Nullable Instant value, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      char[] text = IsoTime.write(value);
      json.writeString(text, 0, text.length);
    }
  }
}

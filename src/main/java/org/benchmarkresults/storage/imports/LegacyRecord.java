package org.benchmarkresults.storage.imports;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.benchmarkresults.model.imports.Imported;
import org.benchmarkresults.model.imports.Imported.Origin;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.text.Blank;
import org.benchmarkresults.storage.document.BsonElements;
import org.benchmarkresults.storage.document.BsonSlice;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Converts one document of the legacy service, {@code {_id, pk, benchmark_name, data, model_id,
 * tokenizer_id, source, timestamp}}, to a result. Values that do not fit the envelope become extra
 * fields; a document with values that cannot be stored is refused.
 */
final class LegacyRecord {
  private static final String PK = "pk";
  private static final int MAX_NAME = 512;
  private static final int MAX_TIMESTAMP = 128;
  private static final int MAX_TEXT = 4096;

  /** The same limit as for POST requests, because extra fields are part of every list row. */
  private static final int MAX_EXTRA_BYTES = 256 << 10;

  /** The reason why the document cannot be converted. */
  private static final class Refusal extends RuntimeException {
    Refusal(String reason) {
      super(reason);
    }
  }

  private final Map<String, BsonSlice> members = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>(Set.of(ResultDocument.ID, ResultDocument.DATA));

  private final LegacyNames names = new LegacyNames();

  private LegacyRecord(byte[] bytes, int from, int to) {
    BsonElements elements = new BsonElements(bytes, from, to);
    while (elements.next()) {
      String name = Utf8.text(bytes, elements.nameFrom(), elements.nameTo());
      if (name == null) {
        throw new Refusal("the name of a member is not UTF-8");
      }
      if (members.put(name, elements.value()) != null) {
        throw new Refusal("it has " + name + " twice");
      }
    }
  }

  /**
   * Converts one document.
   *
   * @param now the latest possible time of receipt
   */
  static Imported read(Stage stage, RawBsonDocument document, Instant now) {
    ByteBuffer bytes = document.getByteBuffer().asNIO();
    int from = bytes.arrayOffset() + bytes.position();
    Origin origin = LegacyOrigin.of(bytes.array(), from, from + bytes.remaining());
    try {
      LegacyRecord record = new LegacyRecord(bytes.array(), from, from + bytes.remaining());
      return new Imported.Ready(origin, record.result(stage, now));
    } catch (Refusal e) {
      return new Imported.Refused(origin, Objects.requireNonNull(e.getMessage()));
    } catch (NotUtf8Exception e) {
      return new Imported.Refused(origin, "a string in it is not UTF-8");
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return new Imported.Refused(origin, "it is not well-formed BSON");
    }
  }

  private Result result(Stage stage, Instant now) {
    String timestamp = timestamp();
    String benchmarkName = benchmarkName();
    ResultKey key = new ResultKey(timestamp, benchmarkName, runId(timestamp, benchmarkName));
    String modelId = optional(ResultDocument.MODEL_ID);
    String tokenizerId = optional(ResultDocument.TOKENIZER_ID);
    String source = optional(ResultDocument.SOURCE);
    RawJson data = data();
    return new Result(
        stage,
        new Envelope(key, modelId, tokenizerId, source, extraFields()),
        data,
        Digest.of(data.bytes()),
        receivedAt(now),
        false);
  }

  private String timestamp() {
    BsonSlice value = present(ResultDocument.TIMESTAMP);
    String text =
        switch (value.type()) {
          case BsonElements.STRING -> text(ResultDocument.TIMESTAMP, value);
          case BsonElements.DATE ->
              Instant.ofEpochMilli(BsonElements.int64(value.bytes(), value.from())).toString();
          case BsonElements.DOUBLE,
              BsonElements.INT32,
              BsonElements.INT64,
              BsonElements.DECIMAL128 ->
              number(ResultDocument.TIMESTAMP, value);
          default ->
              throw new Refusal("its timestamp is neither a string, nor a number, nor a date");
        };
    return name(ResultDocument.TIMESTAMP, text, MAX_TIMESTAMP, "unknown");
  }

  private String benchmarkName() {
    BsonSlice value = present(ResultDocument.BENCHMARK_NAME);
    if (!value.isText()) {
      throw new Refusal("its benchmark_name is not a string");
    }
    String text = text(ResultDocument.BENCHMARK_NAME, value);
    return name(ResultDocument.BENCHMARK_NAME, text, MAX_NAME, "unnamed");
  }

  private BsonSlice present(String name) {
    taken.add(name);
    BsonSlice value = members.get(name);
    if (value == null || value.type() == BsonElements.NULL) {
      throw new Refusal("it has no " + name);
    }
    return value;
  }

  private static String text(String name, BsonSlice value) {
    String text = Utf8.text(value.bytes(), value.textFrom(), value.textTo());
    if (text == null) {
      throw new Refusal("its " + name + " is not UTF-8");
    }
    return text;
  }

  private static String number(String name, BsonSlice value) {
    RawJson number = BsonToJson.json(value);
    if (number.nonFinite() > 0) {
      throw new Refusal("its " + name + " is " + number.text());
    }
    return number.text();
  }

  private String name(String member, String text, int maxLength, String placeholder) {
    if (text.length() > maxLength) {
      throw new Refusal("its " + member + " is longer than " + maxLength + " characters");
    }
    return names.name(member, text, placeholder);
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(unit -> unit < 0x20 || unit == 0x7f);
  }

  /**
   * The part of {@code pk} after timestamp and benchmark name. If {@code pk} has another form it
   * becomes an extra field, and the run id is that of the record or is derived from its {@code
   * _id}, so that a repeated import creates the same result.
   */
  private String runId(String timestamp, String benchmarkName) {
    String pk = stringOf(PK);
    String start =
        names.original(ResultDocument.TIMESTAMP, timestamp)
            + '-'
            + names.original(ResultDocument.BENCHMARK_NAME, benchmarkName)
            + '-';
    String own = stringOf(ResultDocument.RUN_ID);
    if (pk != null && pk.startsWith(start) && fits(pk.substring(start.length()))) {
      if (!names.isAnyRenamed()) {
        taken.add(PK);
      }
      String runId = pk.substring(start.length());
      if (runId.equals(own)) {
        taken.add(ResultDocument.RUN_ID);
      }
      return runId;
    }
    if (own != null && fits(own)) {
      taken.add(ResultDocument.RUN_ID);
      return own;
    }
    BsonSlice id = members.get(ResultDocument.ID);
    if (id == null) {
      throw new Refusal("it has neither an _id nor a pk with a run id");
    }
    return "imported-" + idText(id);
  }

  private static boolean fits(String runId) {
    return !Blank.is(runId) && runId.length() <= MAX_NAME && !hasControl(runId);
  }

  private static String idText(BsonSlice id) {
    ByteBuffer bytes = ByteBuffer.wrap(id.bytes(), id.from(), id.size());
    return id.type() == BsonElements.OBJECT_ID
        ? HexFormat.of().formatHex(id.bytes(), id.from(), id.to())
        : HexFormat.of().toHexDigits(id.type()) + Digest.of(bytes).hex().substring(0, 24);
  }

  /** The value of a member; null when it is missing or not a UTF-8 string. */
  private @Nullable String stringOf(String name) {
    BsonSlice value = members.get(name);
    return value == null || !value.isText()
        ? null
        : Utf8.text(value.bytes(), value.textFrom(), value.textTo());
  }

  /** An optional string of the envelope; any other value becomes an extra field. */
  private @Nullable String optional(String name) {
    String text = stringOf(name);
    if (text == null || text.length() > MAX_TEXT) {
      return null;
    }
    taken.add(name);
    return text;
  }

  private RawJson data() {
    BsonSlice value = members.get(ResultDocument.DATA);
    if (value == null) {
      throw new Refusal("it has no data");
    }
    RawJson nested = value.isText() ? NestedJson.of(value) : null;
    return nested == null ? BsonToJson.json(value) : nested;
  }

  private List<ExtraField> extraFields() {
    List<ExtraField> fields = new ArrayList<>();
    int bytes = 0;
    for (Map.Entry<String, BsonSlice> member : members.entrySet()) {
      boolean isAbsent = member.getValue().type() == BsonElements.NULL && isNamed(member.getKey());
      if (taken.contains(member.getKey()) || isAbsent) {
        continue;
      }
      RawJson json = BsonToJson.json(member.getValue());
      bytes += member.getKey().length() + json.size();
      if (bytes > MAX_EXTRA_BYTES) {
        throw new Refusal(
            "its members beside data are larger than " + MAX_EXTRA_BYTES + " bytes together");
      }
      fields.add(new ExtraField(member.getKey(), json));
    }
    if (names.isAnyRenamed()) {
      fields.add(names.field(members.keySet()));
    }
    return fields;
  }

  private static boolean isNamed(String name) {
    return switch (name) {
      case PK,
          ResultDocument.RUN_ID,
          ResultDocument.MODEL_ID,
          ResultDocument.TOKENIZER_ID,
          ResultDocument.SOURCE ->
          true;
      default -> false;
    };
  }

  /** From the creation time in the ObjectId, in seconds, which keeps the order of the list. */
  private Instant receivedAt(Instant now) {
    BsonSlice id = members.get(ResultDocument.ID);
    if (id == null || id.type() != BsonElements.OBJECT_ID) {
      return now;
    }
    long seconds =
        Integer.toUnsignedLong(Integer.reverseBytes(BsonElements.int32(id.bytes(), id.from())));
    Instant made = Instant.ofEpochSecond(seconds);
    return made.isAfter(now) ? now : made;
  }
}

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
 * One document of the replaced service, {@code {_id, pk, benchmark_name, data, model_id,
 * tokenizer_id, source, timestamp}}, on its way to becoming a result. What has no place in an
 * envelope as it stands is kept as a further member; what cannot be kept refuses the whole.
 */
final class LegacyRecord {
  private static final String PK = "pk";
  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_TIMESTAMP = 128;
  private static final int LONGEST_TEXT = 4096;

  /** Together they stand in the result's document and in every row of a list, as of a request. */
  private static final int MOST_FURTHER_BYTES = 256 << 10;

  /** Why no result can be made of it. */
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
        throw new Refusal("it holds " + name + " twice");
      }
    }
  }

  /**
   * Reads one document.
   *
   * @param now no result was received later
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
      return new Imported.Refused(origin, "a text in it is not UTF-8");
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return new Imported.Refused(origin, "it is no well-formed BSON");
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
        new Envelope(key, modelId, tokenizerId, source, further()),
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
          default -> throw new Refusal("its timestamp is neither a text, nor a number, nor a date");
        };
    return name(ResultDocument.TIMESTAMP, text, LONGEST_TIMESTAMP, "unknown");
  }

  private String benchmarkName() {
    BsonSlice value = present(ResultDocument.BENCHMARK_NAME);
    if (!value.isText()) {
      throw new Refusal("its benchmark_name is no text");
    }
    String text = text(ResultDocument.BENCHMARK_NAME, value);
    return name(ResultDocument.BENCHMARK_NAME, text, LONGEST_NAME, "unnamed");
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

  private String name(String member, String text, int longest, String placeholder) {
    if (text.length() > longest) {
      throw new Refusal("its " + member + " is longer than " + longest + " characters");
    }
    return names.name(member, text, placeholder);
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(unit -> unit < 0x20 || unit == 0x7f);
  }

  /**
   * What follows timestamp and benchmark name in {@code pk}. When it has another form it is kept as
   * a further member, and the run id is the record's own, else one that follows from its {@code
   * _id}, so that bringing it in again makes the same one.
   */
  private String runId(String timestamp, String benchmarkName) {
    String pk = usable(PK);
    String start =
        names.original(ResultDocument.TIMESTAMP, timestamp)
            + '-'
            + names.original(ResultDocument.BENCHMARK_NAME, benchmarkName)
            + '-';
    String own = usable(ResultDocument.RUN_ID);
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
      throw new Refusal("it has neither an _id nor a pk that tells its run");
    }
    return "imported-" + idText(id);
  }

  private static boolean fits(String runId) {
    return !Blank.is(runId) && runId.length() <= LONGEST_NAME && !hasControl(runId);
  }

  private static String idText(BsonSlice id) {
    ByteBuffer bytes = ByteBuffer.wrap(id.bytes(), id.from(), id.size());
    return id.type() == BsonElements.OBJECT_ID
        ? HexFormat.of().formatHex(id.bytes(), id.from(), id.to())
        : HexFormat.of().toHexDigits(id.type()) + Digest.of(bytes).hex().substring(0, 24);
  }

  /** The text of a member; null when it is none, not UTF-8, or missing. */
  private @Nullable String usable(String name) {
    BsonSlice value = members.get(name);
    return value == null || !value.isText()
        ? null
        : Utf8.text(value.bytes(), value.textFrom(), value.textTo());
  }

  /** A member that the envelope holds as a text; of any other kind it stays a further member. */
  private @Nullable String optional(String name) {
    String text = usable(name);
    if (text == null || text.length() > LONGEST_TEXT) {
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
    RawJson inside = value.isText() ? JsonInside.of(value) : null;
    return inside == null ? BsonToJson.json(value) : inside;
  }

  private List<ExtraField> further() {
    List<ExtraField> further = new ArrayList<>();
    int bytes = 0;
    for (Map.Entry<String, BsonSlice> member : members.entrySet()) {
      boolean saysNothing =
          member.getValue().type() == BsonElements.NULL && isNamed(member.getKey());
      if (taken.contains(member.getKey()) || saysNothing) {
        continue;
      }
      RawJson json = BsonToJson.json(member.getValue());
      bytes += member.getKey().length() + json.size();
      if (bytes > MOST_FURTHER_BYTES) {
        throw new Refusal(
            "its members beside data are larger than " + MOST_FURTHER_BYTES + " bytes together");
      }
      further.add(new ExtraField(member.getKey(), json));
    }
    if (names.isAnyRenamed()) {
      further.add(names.mark(members.keySet()));
    }
    return further;
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

  /** An ObjectId begins with the second in which it was made; it keeps the order of the list. */
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

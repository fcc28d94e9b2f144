package org.benchmarkresults.model.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The field that a condition compares: a column of results, or an extra field of the sender.
 *
 * @param own null for a further member
 * @param name as it is written in answers; of a further member its name alone
 */
public record Field(@Nullable Own own, String name) {
  /** The types of values. */
  public enum Kind {
    TEXT,
    MOMENT,
    WHOLE
  }

  /** The members that conditions may look at. */
  public enum Own {
    PK("pk", Kind.TEXT),
    BENCHMARK_NAME("benchmark_name", Kind.TEXT),
    RUN_ID("run_id", Kind.TEXT),
    MODEL_ID("model_id", Kind.TEXT),
    TOKENIZER_ID("tokenizer_id", Kind.TEXT),
    SOURCE("source", Kind.TEXT),
    /** The moment that the timestamp means; two names for one thing. */
    TIMESTAMP("timestamp", Kind.MOMENT),
    INSTANT("instant", Kind.MOMENT),
    RECEIVED_AT("received_at", Kind.MOMENT),
    FIRST_RECEIVED_AT("first_received_at", Kind.MOMENT),
    VERSION("version", Kind.WHOLE),
    SIZE("size", Kind.WHOLE),
    NON_FINITE("non_finite", Kind.WHOLE),
    DIGEST("digest", Kind.TEXT),
    /** The reason of the exclusion; only of results that are excluded. */
    EXCLUDED("excluded", Kind.TEXT),
    /** The value of the label whose key follows in the field's name. */
    LABEL("labels", Kind.TEXT);

    /** Before the key of a label in the name of a field. */
    public static final String LABEL_PREFIX = LABEL.text + ".";

    private final String text;
    private final Kind kind;

    Own(String text, Kind kind) {
      this.text = text;
      this.kind = kind;
    }

    public Kind kind() {
      return kind;
    }

    /** The name in answers. */
    public String text() {
      return text;
    }

    /** The member of that name. */
    public static Optional<Own> named(String name) {
      return all().filter(own -> own.text.equals(name)).findFirst();
    }

    /** All names. */
    public static List<String> names() {
      return all().map(Own::text).toList();
    }

    /** Those that the name alone tells. */
    private static Stream<Own> all() {
      return Arrays.stream(values()).filter(own -> own != LABEL);
    }
  }

  public static Field of(Own own) {
    return new Field(own, own.text());
  }

  /** The value of a label. */
  public static Field ofLabel(String key) {
    return new Field(Own.LABEL, Own.LABEL_PREFIX + key);
  }

  /** The key of the label whose value this field is. */
  public String labelKey() {
    return name.substring(Own.LABEL_PREFIX.length());
  }

  /** A member that the contract does not name. */
  public static Field further(String name) {
    return new Field(null, name);
  }
}

package org.benchmarkresults.http.format;

import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.query.Names;
import org.jspecify.annotations.Nullable;

/**
 * The members that each row of a list is to have.
 *
 * @param names in the order asked for; {@code extra.x} for a member of the sender's own
 */
public record Members(List<String> names) {
  static final String DATA = "data";

  /** Also the columns of a table that asks for none. */
  public static final List<String> WITHOUT_DATA =
      List.of(
          "pk",
          "benchmark_name",
          "run_id",
          "model_id",
          "tokenizer_id",
          "source",
          "timestamp",
          "instant",
          "version",
          "versions",
          "size",
          "digest",
          "received_at",
          "first_received_at",
          "non_finite",
          "deleted_at",
          "extra");

  private static final List<String> KNOWN =
      Stream.concat(WITHOUT_DATA.stream(), Stream.of(DATA)).toList();

  public Members {
    names = List.copyOf(names);
  }

  /** The members named with commas between them; null when none are. */
  public static @Nullable Members of(@Nullable String fields) {
    return fields == null ? null : new Members(Names.list(fields, KNOWN, "fields"));
  }

  public boolean withData() {
    return names.contains(DATA);
  }
}

package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.format.Members;
import org.benchmarkresults.http.format.RowFormat;
import org.benchmarkresults.http.format.RowFormats;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.RunPage.Pair;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/** A page of a run as NDJSON or CSV: a row for each result, with its stage. */
final class RunRows implements Response.Source {
  private record Staged(Stage stage, Row row) {}

  private final Bus bus;
  private final ResponseBudget budget;
  private final List<Staged> rows = new ArrayList<>();
  private final Map<Stage, RowFormat> formats = new EnumMap<>(Stage.class);
  private @Nullable ChunkSource data;
  private int written = -1;

  /**
   * @param members of each result; null for all but the data
   */
  RunRows(
      Bus bus, ResponseBudget budget, List<Pair> pairs, @Nullable Members members, Format format) {
    this.bus = bus;
    this.budget = budget;
    for (Stage stage : Stage.values()) {
      formats.put(stage, RowFormats.of(members, format, stage));
    }
    for (Pair pair : pairs) {
      add(Stage.RAW, pair.rawInput());
      add(Stage.STANDARDIZED, pair.standardizedOutput());
    }
  }

  private void add(Stage stage, @Nullable Row row) {
    if (row != null) {
      rows.add(new Staged(stage, row));
    }
  }

  private RowFormat format(Stage stage) {
    return Objects.requireNonNull(formats.get(stage));
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (data != null) {
      return data.next().compose(piece -> piece.isPresent() ? done(piece) : afterData());
    }
    if (written < 0) {
      written = 0;
      return done(Optional.of(format(Stage.RAW).opening()));
    }
    return written == rows.size() ? done(Optional.empty()) : row(rows.get(written++));
  }

  private Future<Optional<Buffer>> row(Staged next) {
    RowFormat format = format(next.stage);
    if (RowFormat.streamsData(next.row)) {
      data =
          ChunkSource.of(
              bus, budget, next.stage, next.row, format.aroundData(next.row), Buffer.buffer());
      return next();
    }
    return done(Optional.of(format.rows(List.of(next.row))));
  }

  private Future<Optional<Buffer>> afterData() {
    data = null;
    return next();
  }

  @Override
  public void close() {
    if (data != null) {
      data.close();
    }
  }

  private static Future<Optional<Buffer>> done(Optional<Buffer> piece) {
    return Future.succeededFuture(piece);
  }
}

package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.format.Members;
import org.benchmarkresults.http.format.RowData;
import org.benchmarkresults.http.format.RowFormat;
import org.benchmarkresults.http.format.RowJson;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.RunPage.Pair;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/** A page of a run as a JSON object, written some results at a time. */
final class RunSource implements Response.Source {
  private static final long PIECE_BYTES = 128 << 10;

  private static final int STAGES = 2;

  private final Bus bus;
  private final ResponseBudget budget;
  private final String runId;
  private final List<Pair> pairs;
  private final RowJson json;
  private @Nullable ChunkSource data;
  private int written;
  private boolean closed;

  /**
   * @param members of each result; null for all but the data
   */
  RunSource(
      Bus bus, ResponseBudget budget, String runId, List<Pair> pairs, @Nullable Members members) {
    this.bus = bus;
    this.budget = budget;
    this.runId = runId;
    this.pairs = pairs;
    json = new RowJson(members, RowData.STRICT, null);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (data != null) {
      return data.next()
          .compose(piece -> piece.isPresent() ? Future.succeededFuture(piece) : afterData());
    }
    if (closed) {
      return Future.succeededFuture(Optional.empty());
    }
    write();
    return data == null ? Future.succeededFuture(Optional.of(json.take())) : data.next();
  }

  private Future<Optional<Buffer>> afterData() {
    data = null;
    return next();
  }

  /** Some results, up to one whose data comes in pieces. */
  private void write() {
    if (written == 0) {
      json.text("{\"run_id\":" + Json.encode(runId) + ",\"results\":[");
    }
    int all = STAGES * pairs.size();
    long bytes = 0;
    while (written < all && bytes < PIECE_BYTES && data == null) {
      bytes += side(written++);
    }
    if (written == STAGES * pairs.size() && data == null) {
      json.text("]}");
      closed = true;
    }
  }

  /** Comes back with about how much it wrote. */
  private long side(int number) {
    Pair pair = pairs.get(number / STAGES);
    if (number % STAGES == 0) {
      String name = Json.encode(pair.resultName());
      json.text((number == 0 ? "" : ",") + "{\"name\":" + name + ",\"pk\":" + name);
      return row(Stage.RAW, pair.rawInput(), "");
    }
    return row(Stage.STANDARDIZED, pair.standardizedOutput(), "}");
  }

  private long row(Stage stage, @Nullable Row row, String end) {
    json.text(",\"" + stage.path() + "\":");
    if (row != null && RowFormat.streamsData(row)) {
      RowFormat.AroundData around = json.aroundData(row);
      around.after().appendString(end);
      data = ChunkSource.of(bus, budget, stage, row, around, Buffer.buffer());
      return 0;
    }
    if (row == null) {
      json.text("null");
    } else {
      json.row(row);
    }
    json.text(end);
    return row == null ? 0 : RowBytes.of(row);
  }

  @Override
  public void close() {
    if (data != null) {
      data.close();
    }
  }
}

package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.model.RunPage.Pair;
import org.benchmarkresults.model.SearchOutcome.Row;
import org.benchmarkresults.model.Stage;
import org.jspecify.annotations.Nullable;

/** A page of a run as a JSON object, written some results at a time. */
final class RunSource implements Reply.Source {
  /** With data each may be 128 KiB. */
  private static final int PAIRS_AT_ONCE = 16;

  private final String runId;
  private final List<Pair> pairs;
  private final RowJson json;
  private int written;
  private boolean closed;

  /**
   * @param members of each result; null for all but the data
   */
  RunSource(String runId, List<Pair> pairs, @Nullable Members members) {
    this.runId = runId;
    this.pairs = pairs;
    json = new RowJson(members);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    return Future.succeededFuture(closed ? Optional.empty() : Optional.of(piece()));
  }

  private Buffer piece() {
    if (written == 0) {
      json.text("{\"run_id\":" + Json.encode(runId) + ",\"results\":[");
    }
    int end = Math.min(pairs.size(), written + PAIRS_AT_ONCE);
    while (written < end) {
      json.text(written == 0 ? "" : ",");
      pair(pairs.get(written++));
    }
    if (written == pairs.size()) {
      json.text("]}");
      closed = true;
    }
    return json.take();
  }

  private void pair(Pair pair) {
    json.text("{\"pk\":" + Json.encode(pair.resultName()));
    side(Stage.RAW, pair.rawInput());
    side(Stage.STANDARDIZED, pair.standardizedOutput());
    json.text("}");
  }

  private void side(Stage stage, @Nullable Row row) {
    json.text(",\"" + stage.path() + "\":");
    if (row == null) {
      json.text("null");
    } else {
      json.row(row);
    }
  }
}

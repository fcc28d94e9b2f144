package org.benchmarkresults.http.result;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.retention.RetentionPreview;
import org.benchmarkresults.model.retention.RetentionPreview.Due;
import org.benchmarkresults.model.retention.RetentionPreview.Expired;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.model.search.ResultCount;
import org.jspecify.annotations.Nullable;

/** The operation that previews the next retention run. */
public final class RetentionResponses {
  private RetentionResponses() {}

  public static Operation operation() {
    return new Operation.BusCall<>(
        "retentionPreview",
        Addresses.RETENTION_PREVIEW,
        new Operation.Needs(Operation.Access.ALL_BENCHMARKS, 0),
        Operation.Read.nothing(),
        (context, ask, preview) -> preview(preview));
  }

  private static Response preview(RetentionPreview preview) {
    JsonArray rules = new JsonArray();
    preview.rules().forEach(due -> rules.add(due(due)));
    JsonArray expired = new JsonArray();
    preview.expired().forEach(stage -> expired.add(expired(stage)));
    long deletedFor = preview.deletedFor().toSeconds();
    JsonObject body =
        new JsonObject()
            .put("at", moment(preview.at()))
            .put("delete", rules)
            .put("purge", expired)
            .put("deleted_for_seconds", deletedFor == 0 ? null : deletedFor)
            .put("interval_seconds", preview.interval().toSeconds())
            .put("next_run", moment(preview.nextRun()))
            .put("last_run", run(preview.lastRun()));
    return Response.json(200, body.toBuffer());
  }

  private static JsonObject due(Due due) {
    return counted(due.count(), due.oldest(), due.names())
        .put("rule", due.rule())
        .put("stage", due.stage().path())
        .put("benchmark_name", due.benchmarkName())
        .put("age_seconds", due.age().toSeconds())
        .put("first_received_before", moment(due.firstReceivedBefore()));
  }

  private static JsonObject expired(Expired expired) {
    return counted(expired.count(), expired.oldest(), expired.names())
        .put("stage", expired.stage().path());
  }

  private static JsonObject counted(
      ResultCount count, @Nullable Instant oldest, List<String> names) {
    return new JsonObject()
        .put("count", count.count())
        .put("is_lower_bound", !count.exact())
        .put("oldest", moment(oldest))
        .put("names", new JsonArray(names));
  }

  private static @Nullable JsonObject run(@Nullable RetentionRun run) {
    return run == null
        ? null
        : new JsonObject()
            .put("started_at", moment(run.startedAt()))
            .put("ended_at", moment(run.endedAt()))
            .put("completed", run.completed())
            .put("deleted", run.deleted())
            .put("purged", run.purged())
            .put("swept", run.swept());
  }

  private static @Nullable String moment(@Nullable Instant moment) {
    return moment == null ? null : IsoTime.text(moment);
  }
}

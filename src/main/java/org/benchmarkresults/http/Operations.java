package org.benchmarkresults.http;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.access.Audit;
import org.benchmarkresults.http.access.Guard;
import org.benchmarkresults.http.access.Reach;
import org.benchmarkresults.http.contract.Contract;
import org.benchmarkresults.http.contract.Docs;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Reply;
import org.benchmarkresults.http.list.Changes;
import org.benchmarkresults.http.list.RunPages;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.http.load.Loads;
import org.benchmarkresults.http.result.DeletionReplies;
import org.benchmarkresults.http.result.Listing;
import org.benchmarkresults.http.result.Replies;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.RetentionReplies;
import org.benchmarkresults.http.result.VersionRestoreReplies;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;

/** The one table of operations: operationId, address, read and write functions. */
final class Operations {
  private Operations() {}

  static Map<String, Operation> table(
      Requests requests, Loads loads, Replies replies, Audit audit, Contract contract, Docs docs) {
    Map<String, Operation> table = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      ofStage(stage, requests, loads, replies, audit)
          .forEach(operation -> table.put(operation.id(), operation));
    }
    ValueLists.operations().forEach(operation -> table.put(operation.id(), operation));
    for (Operation operation : List.of(new RunPages(replies.budget()), new Reach.OnAll(Changes.operation()))) {
      table.put(operation.id(), operation);
    }
    ofService(replies, contract, docs).forEach(operation -> table.put(operation.id(), operation));
    Budgeted.in(table, replies.budget());
    return table;
  }

  private static List<Operation> ofStage(
      Stage stage, Requests requests, Loads loads, Replies replies, Audit audit) {
    String name =
        switch (stage) {
          case RAW -> "RawInput";
          case STANDARDIZED -> "StandardizedOutput";
        };
    Operation.Read<ResultRef> ref =
        context -> Requests.ref(stage, context);
    return List.of(
        new Operation.OneOrMany(
            new Operation.Asking<>(
                "save" + name,
                Addresses.SAVE,
                context -> requests.result(stage, context),
                (context, result, outcome) -> {
                  Reach.requireMayKnow(Guard.caller(context), outcome);
                  return replies.saved(context, result, outcome);
                },
                audit::saved),
            (context, bus) -> loads.begin(stage, context, bus)),
        new Listing("list" + name, stage, replies),
        new Operation.Asking<>("find" + name, Addresses.FIND, ref, replies::detail),
        new Operation.Asking<>("read" + name + "Data", Addresses.FIND, ref, replies::data),
        new Operation.Asking<>(
            "list" + name + "Versions",
            Addresses.VERSIONS,
            ref,
            replies::versions),
        new Operation.Asking<>(
            "delete" + name,
            Addresses.DELETE,
            context ->
                Requests.removal(stage, context).map(removal -> audit.noted(context, removal)),
            (context, removal, outcome) -> DeletionReplies.deleted(removal, outcome)),
        new Operation.NewestOrVersion(
            new Operation.Asking<>(
                "restore" + name,
                Addresses.RESTORE,
                ref,
                (context, asked, outcome) -> DeletionReplies.restored(outcome),
                audit::restored),
            new Operation.Asking<>(
                "restore" + name,
                Addresses.RESTORE_VERSION,
                context -> Requests.versionRestore(stage, context),
                (context, asked, outcome) -> VersionRestoreReplies.of(asked, outcome),
                audit::versionRestored)));
  }

  private static List<Operation> ofService(Replies replies, Contract contract, Docs docs) {
    return List.of(
        new Operation.Asking<>(
            "health",
            Addresses.HEALTH,
            context -> Requests.nothing(),
            (context, ask, report) -> replies.health(context, report)),
        new Operation.Asking<>(
            "liveness",
            Addresses.LIVE,
            context -> Requests.nothing(),
            (context, ask, report) -> replies.probe(report)),
        new Operation.Asking<>(
            "readiness",
            Addresses.READY,
            context -> Requests.nothing(),
            (context, ask, report) -> replies.probe(report)),
        new Operation.Asking<>(
            "metrics",
            Addresses.METRICS,
            context -> Requests.nothing(),
            (context, ask, metrics) ->
                new Reply.Whole(
                    200,
                    Reply.headers("text/plain; version=0.0.4; charset=utf-8"),
                    Buffer.buffer(metrics.text()))),
        new Reach.OnAll(
            new Operation.Asking<>(
                "retentionPreview",
                Addresses.RETENTION_PREVIEW,
                context -> Requests.nothing(),
                (context, ask, preview) -> RetentionReplies.preview(preview))),
        new Operation.Fixed("root", Docs::root),
        new Operation.Fixed("contractYaml", context -> contract.asYaml()),
        new Operation.Fixed("contractJson", context -> contract.asJson()),
        new Operation.Fixed("docs", context -> docs.page()),
        new Operation.Fixed("docsAsset", docs::asset));
  }
}

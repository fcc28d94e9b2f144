package org.benchmarkresults.http.result;

import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.access.AuditWriter;
import org.benchmarkresults.http.access.PrefixAccess;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;

/** The operations on results: save, list, read, versions, delete and restore. */
public final class ResultOperations {
  private ResultOperations() {}

  /**
   * The operations of one stage.
   *
   * @param load saves many results, one a line
   */
  public static List<Operation> of(
      Stage stage, Requests requests, Operation.Stream load, Responses replies, AuditWriter audit) {
    String name =
        switch (stage) {
          case RAW -> "RawInput";
          case STANDARDIZED -> "StandardizedOutput";
        };
    Operation.Read<ResultRef> ref = context -> Requests.ref(stage, context);
    return List.of(
        new Operation.OneOrMany(
            new Operation.BusCall<>(
                "save" + name,
                Addresses.SAVE,
                context -> requests.result(stage, context),
                (context, result, outcome) -> {
                  PrefixAccess.requireMayKnow(AccessCheck.caller(context), outcome);
                  return replies.saved(context, result, outcome);
                },
                audit::saved),
            load),
        new ListOperation("list" + name, stage, replies),
        new Operation.BusCall<>("find" + name, Addresses.FIND, ref, replies::detail),
        new Operation.BusCall<>("read" + name + "Data", Addresses.FIND, ref, replies::data),
        new Operation.BusCall<>(
            "list" + name + "Versions", Addresses.VERSIONS, ref, replies::versions),
        new Operation.BusCall<>(
            "delete" + name,
            Addresses.DELETE,
            context ->
                Requests.removal(stage, context).map(removal -> audit.noted(context, removal)),
            (context, removal, outcome) -> DeletionResponses.deleted(removal, outcome)),
        new Operation.NewestOrVersion(
            new Operation.BusCall<>(
                "restore" + name,
                Addresses.RESTORE,
                ref,
                (context, asked, outcome) -> DeletionResponses.restored(outcome),
                audit::restored),
            new Operation.BusCall<>(
                "restore" + name,
                Addresses.RESTORE_VERSION,
                context -> Requests.versionRestore(stage, context),
                (context, asked, outcome) -> VersionRestoreResponses.of(asked, outcome),
                audit::versionRestored)));
  }
}

package org.benchmarkresults.http.result;

import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.fold.AliasCache;
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
      Stage stage,
      Requests requests,
      Operation.Handler load,
      Responses replies,
      AliasCache aliases) {
    String name =
        switch (stage) {
          case RAW -> "RawInput";
          case STANDARDIZED -> "StandardizedOutput";
        };
    Operation.Read<ResultRef> ref = context -> Requests.ref(stage, context);
    return List.of(
        new Operation.Either(
            new Operation.BusCall<>(
                "save" + name,
                Addresses.SAVE,
                context -> requests.result(stage, context),
                replies::saved),
            Requests::isLines,
            load),
        new ListOperation("list" + name, stage, replies, aliases),
        new Operation.BusCall<>("find" + name, Addresses.FIND, ref, replies::detail),
        new Operation.BusCall<>("read" + name + "Data", Addresses.FIND, ref, replies::data),
        new Operation.BusCall<>(
            "list" + name + "Versions",
            Addresses.VERSIONS,
            Operation.Needs.rows(4 << 10),
            ref,
            replies::versions),
        new Operation.BusCall<>(
            "delete" + name,
            Addresses.DELETE,
            context -> requests.removal(stage, context),
            (context, removal, outcome) -> DeletionResponses.deleted(removal, outcome)),
        new Operation.Either(
            new Operation.BusCall<>(
                "restore" + name,
                Addresses.RESTORE,
                ref,
                (context, asked, outcome) -> RestoreResponses.of(outcome)),
            context -> context.queryParams().contains("version"),
            new Operation.BusCall<>(
                    "restore" + name,
                    Addresses.RESTORE_VERSION,
                    context -> Requests.versionRestore(stage, context),
                    (context, asked, outcome) -> RestoreResponses.of(asked, outcome))
                ::answer));
  }
}

package org.benchmarkresults.http.operation;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.list.ListRequest;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkDryRun;
import org.benchmarkresults.model.operation.BulkRun;
import org.benchmarkresults.model.operation.BulkViewer;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/** Makes requests on the bus of bulk requests; throws {@link ProblemException}. */
final class BulkRequests {
  private static final int SAMPLE_ROWS = 10;
  private static final String ACTIONS =
      Stream.of(BulkAction.values()).map(BulkAction::text).collect(Collectors.joining(", "));
  private static final String STAGES =
      Stream.of(Stage.values()).map(Stage::path).collect(Collectors.joining(" or "));

  private BulkRequests() {}

  static BulkViewer viewer(RoutingContext context) {
    Caller caller = AccessCheck.caller(context);
    List<Scope> scopes = Arrays.stream(Scope.values()).filter(caller::may).toList();
    return new BulkViewer(caller.id(), !caller.isRestricted() && mayLook(caller), scopes);
  }

  /** Counts and names of what a filter finds tell what only readers may know. */
  private static boolean mayLook(Caller caller) {
    return caller.may(Scope.READ) || caller.may(Scope.ADMIN);
  }

  /** A request without a token. */
  static BulkDryRun dryRun(BulkBody body, RoutingContext context) {
    Caller caller = AccessCheck.caller(context);
    if (!body.flag(BulkBody.DRY_RUN)) {
      body.fault(
          BulkBody.TOKEN,
          "is missing: send the request with \"dry_run\": true first, and then its token");
    }
    Optional<BulkChange> change = change(body);
    Optional<Stage> stage = stage(body);
    boolean deleted = deleted(body, change);
    MultiMap parameters = body.parameters();
    body.requireNoFaults();
    Scope needed = change.orElseThrow().scope();
    if (!caller.may(needed)) {
      throw new ProblemException(Problem.scopeMissing(needed));
    }
    if (!mayLook(caller)) {
      throw new ProblemException(Problem.scopeMissing(Scope.READ));
    }
    return new BulkDryRun(
        change.get(),
        ListRequest.selection(stage.orElseThrow(), deleted, parameters, caller),
        BulkBody.text(stage.get().path(), deleted, parameters),
        caller.id(),
        caller.benchmarkPrefix(),
        // A sample shows what only readers may see.
        caller.may(Scope.READ) ? SAMPLE_ROWS : 0);
  }

  /** A request with a token. */
  static BulkRun run(BulkBody body, RoutingContext context) {
    if (body.flag(BulkBody.DRY_RUN)) {
      body.fault(BulkBody.DRY_RUN, "cannot be combined with token");
    }
    String token = body.text(BulkBody.TOKEN).orElse("");
    Optional<BulkChange> change =
        body.has(BulkBody.ACTION) ? change(body) : Optional.<BulkChange>empty();
    String parameters = body.selects() ? parameters(body, change) : null;
    body.requireNoFaults();
    return new BulkRun(
        token, change.orElse(null), parameters, viewer(context), AccessCheck.actor(context));
  }

  private static String parameters(BulkBody body, Optional<BulkChange> change) {
    @Nullable String stage = stage(body).map(Stage::path).orElse(null);
    return BulkBody.text(stage, deleted(body, change), body.parameters());
  }

  private static Optional<BulkChange> change(BulkBody body) {
    Optional<String> text = body.text(BulkBody.ACTION);
    Optional<BulkAction> action = text.flatMap(BulkAction::named);
    boolean purge = body.flag(BulkBody.PURGE);
    Map<String, String> labels = body.labels();
    List<String> keys = body.texts(BulkBody.KEYS);
    Optional<String> reason = body.text(BulkBody.REASON);
    if (action.isEmpty()) {
      body.fault(BulkBody.ACTION, "must be one of " + ACTIONS);
      return Optional.empty();
    }
    BulkAction of = action.get();
    allow(body, BulkBody.PURGE, purge, of, BulkAction.DELETE, false);
    allow(body, BulkBody.LABELS, !labels.isEmpty(), of, BulkAction.LABEL, true);
    allow(body, BulkBody.KEYS, !keys.isEmpty(), of, BulkAction.UNLABEL, true);
    allow(body, BulkBody.REASON, reason.isPresent(), of, BulkAction.EXCLUDE, true);
    if (reason.filter(BulkRequests::isNoReason).isPresent()) {
      body.fault(
          BulkBody.REASON,
          "must be a text of up to " + Annotations.LONGEST_REASON + " characters, not blank");
    }
    return Optional.of(new BulkChange(of, purge, labels, keys, reason.orElse(null)));
  }

  private static boolean isNoReason(String text) {
    return text.isBlank() || text.length() > Annotations.LONGEST_REASON;
  }

  /**
   * @param only the action that the member is of
   * @param needed whether that action needs it
   */
  private static void allow(
      BulkBody body,
      String member,
      boolean given,
      BulkAction action,
      BulkAction only,
      boolean needed) {
    if (given && action != only) {
      body.fault(member, "needs the action " + only.text());
    } else if (!given && action == only && needed) {
      body.fault(member, "is needed by the action " + only.text());
    }
  }

  private static Optional<Stage> stage(BulkBody body) {
    Optional<Stage> stage = body.text(BulkBody.STAGE).flatMap(Stage::named);
    if (stage.isEmpty()) {
      body.fault(BulkBody.STAGE, "must be " + STAGES);
    }
    return stage;
  }

  /** A restore selects deleted results, a deletion for good may. */
  private static boolean deleted(BulkBody body, Optional<BulkChange> change) {
    boolean asked = body.flag(BulkBody.DELETED);
    boolean restores = change.filter(of -> of.action() == BulkAction.RESTORE).isPresent();
    boolean purges = change.filter(BulkChange::purge).isPresent();
    if (asked && change.isPresent() && !restores && !purges) {
      body.fault(BulkBody.DELETED, "needs the action restore, or delete with \"purge\": true");
    }
    return asked || restores;
  }
}

package org.benchmarkresults.bus;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkDryRun;
import org.benchmarkresults.model.operation.BulkList;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.operation.BulkProgress.Failure;
import org.benchmarkresults.model.operation.BulkQuery;
import org.benchmarkresults.model.operation.BulkRef;
import org.benchmarkresults.model.operation.BulkReply;
import org.benchmarkresults.model.operation.BulkRun;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.model.operation.BulkViewer;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.security.Scope;

/** Messages about bulk operations, at the edges of what they may hold. */
final class BulkMessages {
  private static final Instant MOMENT = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final BulkChange PURGE =
      new BulkChange(BulkAction.DELETE, true, Map.of(), List.of(), null);
  private static final BulkChange LABELS =
      new BulkChange(BulkAction.LABEL, false, Map.of("a.b$", "é"), List.of("k"), "why");
  private static final BulkViewer ALL = new BulkViewer("anybody", true, List.of(Scope.values()));
  private static final BulkViewer ONE = new BulkViewer("key:1", false, List.of());
  private static final BulkOperation NEW =
      new BulkOperation(
          "i",
          BulkState.READY,
          PURGE,
          Stage.RAW,
          "{}",
          "anybody",
          0,
          BulkProgress.NONE,
          Instant.EPOCH,
          MOMENT,
          null,
          null);
  private static final BulkOperation ENDED =
      new BulkOperation(
          "j",
          BulkState.CANCELLED,
          LABELS,
          Stage.STANDARDIZED,
          "{\"filter\":\"a==1\"}",
          "key:1",
          Long.MAX_VALUE,
          new BulkProgress(
              6,
              1,
              2,
              2,
              1,
              List.of("a"),
              List.of("b"),
              List.of(new Failure("c", "d")),
              0L,
              List.of("e")),
          MOMENT,
          MOMENT,
          MOMENT,
          MOMENT);

  private BulkMessages() {}

  static List<Object> all() {
    ObservedSearch search =
        new ObservedSearch(
            new Search(Stage.RAW, true, Filter.everything(), Sort.NEWEST_FIRST, null, 1, false),
            List.of("t"),
            List.of());
    return List.of(
        new BulkDryRun(PURGE, search, "{}", "anybody", "", 10),
        new BulkDryRun(LABELS, search, "{}", "key:1", "Eval", 0),
        BulkPlan.tooCostly(),
        new BulkPlan(NEW, "i.t", List.of()),
        new BulkRun("i.t", null, null, ALL, null),
        new BulkRun("i.t", LABELS, "{}", ONE, new Actor("key:1", "127.0.0.1", "r")),
        new BulkRef("i", ONE),
        new BulkQuery(ALL, 100),
        new BulkList(List.of()),
        new BulkList(List.of(NEW, ENDED)),
        new BulkReply.Found(ENDED),
        new BulkReply.Unknown(),
        new BulkReply.Expired(),
        new BulkReply.OtherRequest(),
        new BulkReply.Forbidden(Scope.ADMIN));
  }
}

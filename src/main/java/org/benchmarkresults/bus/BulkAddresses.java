package org.benchmarkresults.bus;

import java.time.Duration;
import java.util.List;
import org.benchmarkresults.model.operation.BulkDryRun;
import org.benchmarkresults.model.operation.BulkList;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkQuery;
import org.benchmarkresults.model.operation.BulkRef;
import org.benchmarkresults.model.operation.BulkReply;
import org.benchmarkresults.model.operation.BulkRun;

/** The addresses of the bus that serve bulk operations. */
public final class BulkAddresses {
  /** A dry run reads all results of its set. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Duration NORMAL = Duration.ofSeconds(30);

  /** Collects the set of an operation; succeeds when the whole set is kept. */
  public static final Address<BulkDryRun, BulkPlan> DRY_RUN =
      new Address<>("bulk.dry_run", BulkDryRun.class, BulkPlan.class, LONG, false);

  /** Begins the run of an operation; the reply comes before its results are changed. */
  public static final Address<BulkRun, BulkReply> RUN =
      new Address<>("bulk.run", BulkRun.class, BulkReply.class, NORMAL);

  /** Finds an operation. */
  public static final Address<BulkRef, BulkReply> FIND =
      new Address<>("bulk.find", BulkRef.class, BulkReply.class, NORMAL);

  /** Cancels an operation. */
  public static final Address<BulkRef, BulkReply> CANCEL =
      new Address<>("bulk.cancel", BulkRef.class, BulkReply.class, NORMAL);

  /** Lists the latest operations. */
  public static final Address<BulkQuery, BulkList> LIST =
      new Address<>("bulk.list", BulkQuery.class, BulkList.class, NORMAL);

  static final List<Address<?, ?>> ALL = List.of(DRY_RUN, RUN, FIND, CANCEL, LIST);

  private BulkAddresses() {}
}

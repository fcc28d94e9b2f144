package org.benchmarkresults.bus;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.alias.AliasBook;
import org.benchmarkresults.model.alias.AliasChange;
import org.benchmarkresults.model.alias.AliasOutcome;
import org.benchmarkresults.model.alias.AliasQuery;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.imports.ImportBatch;
import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportFrom;
import org.benchmarkresults.model.imports.ImportPosition;
import org.benchmarkresults.model.imports.ImportSource;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.HealthReport;
import org.benchmarkresults.model.node.MetricsText;
import org.benchmarkresults.model.node.NodeList;
import org.benchmarkresults.model.node.ProbeReport;
import org.benchmarkresults.model.result.BatchOutcome;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.ChunkRef;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.retention.RetentionPreview;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.search.RunPage;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.model.security.ApiKey;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.model.security.AuditPage;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.model.security.KeyFound;
import org.benchmarkresults.model.security.KeyList;
import org.benchmarkresults.model.security.KeyRef;
import org.benchmarkresults.model.security.KeyRevocation;
import org.benchmarkresults.model.security.KeyUse;
import org.benchmarkresults.model.version.VersionList;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;

/** All addresses of the bus; the contract names them in {@code x-vertx-event-bus}. */
public final class Addresses {
  /** A large result takes many database operations, each with a timeout of its own. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration NORMAL = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** Saves one result. */
  public static final Address<Result, SaveOutcome> SAVE =
      new Address<>("results.save", Result.class, SaveOutcome.class, LONG);

  /** Saves many results of one stage, each independently of the others. */
  public static final Address<ResultBatch, BatchOutcome> SAVE_ALL =
      new Address<>("results.save_all", ResultBatch.class, BatchOutcome.class, LONG);

  /** Finds one result. */
  public static final Address<ResultRef, FindOutcome> FIND =
      new Address<>("results.find", ResultRef.class, FindOutcome.class, NORMAL);

  /** Reads one chunk of a large result's data. */
  public static final Address<ChunkRef, Chunk> CHUNK =
      new Address<>("results.chunk", ChunkRef.class, Chunk.class, NORMAL);

  /** Lists names and versions of the results of one page, from an index alone. */
  public static final Address<ResultQuery, ResultOutline> LIST =
      new Address<>("results.list", ResultQuery.class, ResultOutline.class, NORMAL);

  /** Reads one page of results without their data. */
  public static final Address<ResultQuery, ResultPage> SUMMARIES =
      new Address<>("results.summaries", ResultQuery.class, ResultPage.class, NORMAL);

  /** Finds a page of the results that match a filter. */
  public static final Address<Search, SearchOutcome> SEARCH =
      new Address<>("results.search", Search.class, SearchOutcome.class, NORMAL);

  /** Counts the results that match a filter. */
  public static final Address<Search, ResultCount> COUNT =
      new Address<>("results.count", Search.class, ResultCount.class, NORMAL);

  /** Lists the values of a field. */
  public static final Address<ValueQuery, ValueList> VALUES =
      new Address<>("results.values", ValueQuery.class, ValueList.class, NORMAL);

  /** Finds a page of the results of one run, in both stages. */
  public static final Address<RunQuery, RunPage> RUN =
      new Address<>("results.run", RunQuery.class, RunPage.class, NORMAL);

  /** Lists the versions of one result. */
  public static final Address<ResultRef, VersionList> VERSIONS =
      new Address<>("results.versions", ResultRef.class, VersionList.class, NORMAL);

  /** Describes the source of an import; served by the import command alone. */
  public static final Address<NoArguments, ImportSource> IMPORT_SOURCE =
      new Address<>("imports.source", NoArguments.class, ImportSource.class, NORMAL);

  /** Reads the next records of an import. */
  public static final Address<ImportFrom, ImportBatch> IMPORT_NEXT =
      new Address<>("imports.next", ImportFrom.class, ImportBatch.class, LONG);

  /** Finds the checkpoint of an earlier run of an import. */
  public static final Address<ImportCollection, ImportPosition> IMPORT_POSITION =
      new Address<>("imports.position", ImportCollection.class, ImportPosition.class, NORMAL);

  /** Saves the checkpoint of an import. */
  public static final Address<ImportPosition, NoArguments> SAVE_IMPORT_POSITION =
      new Address<>("imports.keep_position", ImportPosition.class, NoArguments.class, NORMAL);

  /** Deletes one result, so that it can be restored. */
  public static final Address<ResultRemoval, DeleteOutcome> DELETE =
      new Address<>("results.delete", ResultRemoval.class, DeleteOutcome.class, NORMAL, false);

  /** Restores the latest deletion of a result name. */
  public static final Address<ResultRef, RestoreOutcome> RESTORE =
      new Address<>("results.restore", ResultRef.class, RestoreOutcome.class, NORMAL, false);

  /** Makes an earlier version of a result the newest again. */
  public static final Address<VersionRestore, VersionRestoreOutcome> RESTORE_VERSION =
      new Address<>(
          "results.restore_version",
          VersionRestore.class,
          VersionRestoreOutcome.class,
          NORMAL,
          false);

  /** Describes what a retention run would do now. */
  public static final Address<NoArguments, RetentionPreview> RETENTION_PREVIEW =
      new Address<>("retention.preview", NoArguments.class, RetentionPreview.class, NORMAL);

  /** Checks the database; takes as long as the database takes. */
  public static final Address<NoArguments, DatabaseState> DATABASE_STATUS =
      new Address<>("database.status", NoArguments.class, DatabaseState.class, NORMAL);

  /** The last known reason why the database is unavailable, from memory. */
  public static final Address<NoArguments, DatabaseState> DATABASE_TROUBLE =
      new Address<>("database.trouble", NoArguments.class, DatabaseState.class, SHORT);

  /** Lists the nodes of the cluster; each node serves it itself. */
  public static final Address<NoArguments, NodeList> NODES =
      new Address<>("cluster.nodes", NoArguments.class, NodeList.class, SHORT);

  /** The metrics of this node; each node serves it itself. */
  public static final Address<NoArguments, MetricsText> METRICS =
      new Address<>("telemetry.metrics", NoArguments.class, MetricsText.class, SHORT);

  /** The health of this node, from memory. */
  public static final Address<NoArguments, HealthReport> HEALTH =
      new Address<>("health.report", NoArguments.class, HealthReport.class, SHORT);

  /** The liveness probe, from memory. */
  public static final Address<NoArguments, ProbeReport> LIVE =
      new Address<>("health.live", NoArguments.class, ProbeReport.class, SHORT);

  /** The readiness probe, from memory. */
  public static final Address<NoArguments, ProbeReport> READY =
      new Address<>("health.ready", NoArguments.class, ProbeReport.class, SHORT);

  /** Finds an API key. */
  public static final Address<KeyRef, KeyFound> KEY =
      new Address<>("security.key", KeyRef.class, KeyFound.class, NORMAL);

  /** Lists all API keys. */
  public static final Address<NoArguments, KeyList> KEYS =
      new Address<>("security.keys", NoArguments.class, KeyList.class, NORMAL);

  /** Stores a new API key. */
  public static final Address<ApiKey, NoArguments> ADD_KEY =
      new Address<>("security.add_key", ApiKey.class, NoArguments.class, NORMAL);

  /** Revokes an API key and returns its new state. */
  public static final Address<KeyRevocation, KeyFound> REVOKE_KEY =
      new Address<>("security.revoke_key", KeyRevocation.class, KeyFound.class, NORMAL);

  /** Stores when an API key was last used. */
  public static final Address<KeyUse, NoArguments> KEY_USED =
      new Address<>("security.key_used", KeyUse.class, NoArguments.class, NORMAL);

  /** Finds the results that were received since a given time. */
  public static final Address<EventQuery, EventPage> STORED_SINCE =
      new Address<>("results.stored_since", EventQuery.class, EventPage.class, NORMAL);

  /** Adds entries to the audit log. */
  public static final Address<AuditEntryBatch, NoArguments> ADD_AUDIT_ENTRIES =
      new Address<>("audit.add", AuditEntryBatch.class, NoArguments.class, LONG);

  /** Finds a page of the audit log. */
  public static final Address<AuditQuery, AuditPage> AUDIT_PAGE =
      new Address<>("audit.page", AuditQuery.class, AuditPage.class, NORMAL);

  /** The aliases of all models; none when the requester holds the revision already. */
  public static final Address<AliasQuery, AliasBook> ALIASES =
      new Address<>("aliases.read", AliasQuery.class, AliasBook.class, NORMAL);

  /** Sets or removes the aliases of one model. */
  public static final Address<AliasChange, AliasOutcome> CHANGE_ALIASES =
      new Address<>("aliases.change", AliasChange.class, AliasOutcome.class, NORMAL, false);

  /** All of the above, and those of observations, annotations, bulk operations and attachments. */
  public static final List<Address<?, ?>> ALL =
      Stream.of(
              List.<Address<?, ?>>of(
                  IMPORT_SOURCE,
                  IMPORT_NEXT,
                  IMPORT_POSITION,
                  SAVE_IMPORT_POSITION,
                  SAVE,
                  SAVE_ALL,
                  FIND,
                  CHUNK,
                  LIST,
                  SUMMARIES,
                  SEARCH,
                  COUNT,
                  VALUES,
                  RUN,
                  VERSIONS,
                  DELETE,
                  RESTORE,
                  RESTORE_VERSION,
                  RETENTION_PREVIEW,
                  DATABASE_STATUS,
                  DATABASE_TROUBLE,
                  NODES,
                  METRICS,
                  HEALTH,
                  LIVE,
                  READY,
                  KEY,
                  KEYS,
                  ADD_KEY,
                  REVOKE_KEY,
                  KEY_USED,
                  ADD_AUDIT_ENTRIES,
                  AUDIT_PAGE,
                  STORED_SINCE,
                  ALIASES,
                  CHANGE_ALIASES),
              ObservationAddresses.ALL,
              AnnotationAddresses.ALL,
              BulkAddresses.ALL,
              AttachmentAddresses.ALL)
          .flatMap(List::stream)
          .toList();

  private Addresses() {}
}

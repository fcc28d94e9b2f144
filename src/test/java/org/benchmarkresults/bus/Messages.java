package org.benchmarkresults.bus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.imports.ImportBatch;
import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportFrom;
import org.benchmarkresults.model.imports.ImportPosition;
import org.benchmarkresults.model.imports.ImportSource;
import org.benchmarkresults.model.imports.ImportTotals;
import org.benchmarkresults.model.imports.Imported;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.HealthReport;
import org.benchmarkresults.model.node.MetricsText;
import org.benchmarkresults.model.node.NodeList;
import org.benchmarkresults.model.node.ProbeReport;
import org.benchmarkresults.model.result.BatchOutcome;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.ChunkRef;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.retention.RetentionPreview;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.search.RunPage;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.model.security.ApiKey;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.model.security.AuditPage;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.model.security.KeyFound;
import org.benchmarkresults.model.security.KeyList;
import org.benchmarkresults.model.security.KeyRef;
import org.benchmarkresults.model.security.KeyRevocation;
import org.benchmarkresults.model.security.KeyUse;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.model.version.VersionList;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;
import org.benchmarkresults.model.version.VersionTag;

/** Messages of every class that travels, at the edges of what they may hold. */
final class Messages {
  private static final Instant EARLY = Instant.parse("0001-01-01T00:00:00.001Z");
  private static final Instant LATE = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final ResultKey KEY =
      new ResultKey("2026-04-21T12:45:25+00:00Z", "a/b %é𝄞\u0000", "-");
  private static final Digest DIGEST = Digest.of(ByteBuffer.allocate(0));
  private static final Envelope BARE = new Envelope(KEY, null, null, null, List.of());
  private static final Envelope FULL =
      new Envelope(
          KEY,
          "",
          "Qwen/Qwen3-8B",
          "nvidia_eval",
          List.of(
              new ExtraField("", RawJson.of("1.10")),
              new ExtraField("$oid.é", new RawJson(slice("xx[NaN]yy", 2, 5), 1)),
              new ExtraField("twice", RawJson.of("{\"$date\":1e400}")),
              new ExtraField("twice", RawJson.of("null"))));
  private static final ImportCollection COLLECTION =
      new ImportCollection(Stage.RAW, "raw", "a:1,b:2/db/raw", "0f", true, Long.MAX_VALUE);
  private static final Imported.Origin ORIGIN = new Imported.Origin("{\"$oid\":\"00\"}", "null");
  private static final ResultSummary SPARSE =
      new ResultSummary(BARE, null, 1, 1, DIGEST, 0, EARLY, EARLY);
  private static final ResultSummary RICH =
      new ResultSummary(
          FULL,
          LATE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          DIGEST,
          Integer.MAX_VALUE,
          LATE,
          EARLY,
          AnnotationMessages.ANNOTATIONS);

  private static final ApiKey KEY_OF_NOBODY =
      new ApiKey("00a1b2c3d4e5f607", DIGEST, "", List.of(), "", EARLY, null, null, null);
  private static final ApiKey KEY_OF_ALL =
      new ApiKey("", DIGEST, "é", List.of(Scope.values()), "Eval", EARLY, LATE, LATE, EARLY);
  private static final StoredEvent EVENT =
      new StoredEvent(
          Stage.STANDARDIZED, KEY, "m", "t", "s", Integer.MAX_VALUE, Long.MAX_VALUE, DIGEST, LATE);
  private static final Actor ACTOR = new Actor("jwt:a b", "::1", "r");
  private static final AuditEntry CHANGE =
      AuditEntry.ofResult(
          LATE, AuditEntry.Action.DELETED, Stage.RAW, KEY.resultName(), null, ACTOR);

  private Messages() {}

  static List<Object> all() {
    return Stream.of(
            ofResults(),
            AliasMessages.all(),
            ObservationMessages.all(),
            ObservedMessages.all(),
            AnnotationMessages.all(),
            BulkMessages.all(),
            AttachmentMessages.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Object> ofResults() {
    return List.of(
        new NoArguments(),
        new KeyRef("00a1b2c3d4e5f607"),
        KEY_OF_NOBODY,
        new KeyFound(null),
        new KeyFound(KEY_OF_NOBODY),
        new KeyList(List.of()),
        new KeyList(List.of(KEY_OF_NOBODY, KEY_OF_ALL)),
        KEY_OF_ALL,
        new KeyUse("", LATE),
        new KeyRevocation("00a1b2c3d4e5f607", EARLY),
        new StoredEvent(Stage.RAW, KEY, null, null, null, 1, 0, DIGEST, EARLY),
        EVENT,
        new EventQuery(PageKey.before(EARLY), 1),
        new EventQuery(new PageKey(null, null, LATE, 5, KEY.resultName()), 500),
        new EventPage(List.of(), null),
        new EventPage(List.of(), null, LATE),
        new EventPage(List.of(EVENT, EVENT), new PageKey(null, null, LATE, 5, KEY.resultName())),
        new AuditEntryBatch(List.of()),
        new AuditEntryBatch(List.of(CHANGE)),
        new AuditEntryBatch(
            List.of(
                AuditEntry.ofKey(LATE, AuditEntry.Action.KEY_REVOKED, "7m2k", "command:a"),
                AuditEntry.ofModel(LATE, AuditEntry.Action.ALIASES_SET, "m", ACTOR))),
        new AuditQuery(null, null, null, null, null, null, 1),
        new AuditQuery("a", "key:b", "c", EARLY, LATE, new PageKey(null, null, LATE, "00"), 7),
        new AuditPage(List.of(), null),
        new AuditPage(List.of(CHANGE), new PageKey(null, null, EARLY, "00")),
        new ImportSource(List.of()),
        new ImportSource(List.of(COLLECTION, COLLECTION)),
        COLLECTION,
        new ImportPosition(COLLECTION),
        new ImportPosition(COLLECTION, "FgAAAAdfaWQA", new ImportTotals(1, 2, 3, Long.MAX_VALUE)),
        new ImportFrom(Stage.RAW, null),
        new ImportFrom(Stage.STANDARDIZED, "FgAAAAdfaWQA"),
        new ImportBatch(List.of(), null),
        new ImportBatch(
            List.of(
                new Imported.Refused(ORIGIN, "it has no data"),
                new Imported.Ready(
                    ORIGIN, new Result(Stage.RAW, FULL, RawJson.of("0"), DIGEST, EARLY, false))),
            "FgAAAAdfaWQA"),
        new Result(Stage.RAW, BARE, RawJson.of("0"), DIGEST, EARLY, false),
        new Result(Stage.RAW, BARE, RawJson.of("0"), DIGEST, EARLY, false).by(ACTOR),
        new Result(Stage.RAW, BARE, RawJson.of("0"), DIGEST, EARLY, false)
            .with(AnnotationMessages.PATCH),
        new Result(Stage.STANDARDIZED, FULL, new RawJson(large(), 7), DIGEST, LATE, true),
        new ResultBatch(
            Stage.RAW,
            List.of(new Result(Stage.RAW, FULL, RawJson.of("[1.10]"), DIGEST, LATE, true))),
        new ResultBatch(
            Stage.RAW,
            List.of(
                new Result(Stage.RAW, BARE, RawJson.of("0"), DIGEST, EARLY, false),
                new Result(Stage.RAW, FULL, new RawJson(large(), 7), DIGEST, LATE, true))),
        new BatchOutcome(
            List.of(
                new SaveOutcome.Stored(),
                new SaveOutcome.AlreadyStored(1, 3),
                new SaveOutcome.NameTaken(KEY),
                new SaveOutcome.NotKnown("The database did not answer."),
                new SaveOutcome.Failed())),
        new SaveOutcome.NotKnown(""),
        new SaveOutcome.Failed(),
        new SaveOutcome.Stored(),
        new SaveOutcome.AlreadyStored(1, 3),
        new SaveOutcome.NewVersion(Integer.MAX_VALUE, List.of("model_id", "")),
        new SaveOutcome.NameTaken(KEY),
        new SaveOutcome.VersionRefused(2, DIGEST),
        new ResultRef(Stage.RAW, KEY.resultName(), null),
        new ResultRef(Stage.STANDARDIZED, "", 3),
        new ResultRef(Stage.RAW, KEY.resultName(), null, "Eval", ACTOR),
        new ResultRemoval(Stage.RAW, KEY.resultName(), null),
        new ResultRemoval(
            Stage.STANDARDIZED,
            "",
            List.of(new VersionTag(1, "0", "", null), VersionTag.of(2, DIGEST, FULL))),
        new ResultRemoval(Stage.STANDARDIZED, "", List.of()),
        new DeleteOutcome.Deleted(EARLY, null),
        new DeleteOutcome.Deleted(EARLY, LATE),
        new DeleteOutcome.NotThere(),
        new DeleteOutcome.OtherVersion(7, DIGEST),
        new RestoreOutcome.Restored(RICH),
        new RestoreOutcome.NothingDeleted(),
        new RetentionPreview(
            EARLY, List.of(), List.of(), Duration.ZERO, Duration.ofMillis(1), EARLY, null),
        new RetentionPreview(
            LATE,
            List.of(
                new RetentionPreview.Due(
                    "raw_input/*=1d",
                    Stage.RAW,
                    null,
                    Duration.ofDays(1),
                    EARLY,
                    new ResultCount(0, true),
                    null,
                    List.of()),
                new RetentionPreview.Due(
                    "standardized_output/a=1d",
                    Stage.STANDARDIZED,
                    "a",
                    Duration.ofDays(1),
                    LATE,
                    new ResultCount(Long.MAX_VALUE, false),
                    EARLY,
                    List.of("", KEY.resultName()))),
            List.of(
                new RetentionPreview.Expired(
                    Stage.RAW, new ResultCount(1, true), LATE, List.of("a"))),
            Duration.ofDays(36_500),
            Duration.ofHours(1),
            LATE,
            new RetentionRun(EARLY, LATE, 1, 2, Long.MAX_VALUE, true)),
        new RestoreOutcome.NameInUse(Integer.MAX_VALUE),
        new VersionRestore(Stage.RAW, KEY.resultName(), 1, null, "", null),
        new VersionRestore(
            Stage.STANDARDIZED,
            "",
            Integer.MAX_VALUE,
            List.of(new VersionTag(1, "0", "", 3)),
            "a",
            ACTOR),
        new VersionRestoreOutcome.Written(RICH),
        new VersionRestoreOutcome.AlreadyNewest(SPARSE),
        new VersionRestoreOutcome.NoSuchVersion(),
        new VersionRestoreOutcome.OtherNewest(7, DIGEST),
        new FindOutcome.NotFound(),
        new FindOutcome.Found(SPARSE, new StoredData.Inline(slice("[1,2]", 1, 3))),
        new FindOutcome.Found(RICH, new StoredData.Inline(large())),
        new FindOutcome.Found(RICH, new StoredData.Chunked("upload", 250)),
        new ChunkRef(Stage.RAW, "upload", 0),
        new Chunk(ByteBuffer.allocate(0)),
        new Chunk(slice("before and after", 7, 3)),
        new Chunk(large()),
        new ResultQuery(Stage.RAW, null, 1),
        new ResultQuery(Stage.STANDARDIZED, new PageKey(LATE, KEY.resultName()), 2_000),
        new ResultPage(List.of(), null),
        new ResultPage(List.of(SPARSE, RICH), new PageKey(EARLY, "")),
        new ResultOutline(List.of(), null),
        new ResultOutline(
            List.of(new RowRef(LATE, KEY.resultName(), 3)), new PageKey(EARLY, KEY.resultName())),
        new Search(Stage.RAW, false, Filter.everything(), Sort.NEWEST_FIRST, null, 1, false),
        new Search(
            Stage.STANDARDIZED,
            true,
            filter(),
            new Sort(Sort.Key.MODEL_ID, false),
            new PageKey(EARLY, "org/model", LATE, KEY.resultName()),
            10_000,
            true),
        new SearchOutcome.TooCostly(),
        new SearchOutcome.Page(
            List.of(
                new SearchOutcome.Row(SPARSE, null, null),
                new SearchOutcome.Row(RICH, new StoredData.Chunked("upload", 3, false), LATE)),
            new PageKey(null, null, EARLY, "")),
        new ResultCount(100_000, false),
        new ValueQuery(Field.Own.SOURCE, "", null, 1),
        new ValueQuery(Field.Own.MODEL_ID, "$.*\"\u0000", "𝄞", 1_000),
        ValueQuery.only(Field.Own.MODEL_ID, List.of("", "𝄞")),
        new ValueList(List.of(), false),
        new ValueList(
            List.of(
                new DistinctValue(
                    "", new ResultCount(100_000, false), new ResultCount(0, true), LATE)),
            true),
        new RunQuery("a/b %é𝄞\u0000", null, 1, false),
        new RunQuery("-", KEY.resultName(), 1_000, true),
        new RunPage(List.of(), null),
        new RunPage(
            List.of(
                new RunPage.Pair(KEY.resultName(), new SearchOutcome.Row(SPARSE, null, null), null),
                new RunPage.Pair(
                    "", null, new SearchOutcome.Row(RICH, new StoredData.Inline(large()), null))),
            KEY.resultName()),
        new VersionList(List.of()),
        new VersionList(
            List.of(
                new ResultVersion(2, DIGEST, Long.MAX_VALUE, LATE),
                new ResultVersion(1, DIGEST, 1, EARLY))),
        new DatabaseState("mongodb", true, true, Long.MAX_VALUE, null),
        new DatabaseState("embedded", false, false, null, "The database does not answer."),
        DatabaseState.unavailable(
            "mongodb", new DatabaseState.Trouble("no_answer", "it is silent", "")),
        new HealthReport(
            new DatabaseState("mongodb", true, false, 0L, null),
            null,
            EARLY,
            "0.1.0",
            List.of(),
            null),
        new HealthReport(
            new DatabaseState("mongodb", true, true, 1L, null),
            LATE,
            LATE,
            "",
            NODES.nodes(),
            new DerivationProgress(4, 2, 1, 80)),
        new MetricsText("# TYPE a gauge\na 1.0\n"),
        NODES,
        new NodeList(List.of()),
        new ProbeReport(false, List.of()),
        new ProbeReport(
            true,
            List.of(new ProbeReport.Check("mongodb", true), new ProbeReport.Check("", false))));
  }

  private static final NodeList NODES =
      new NodeList(
          List.of(
              new NodeList.Node("a", "10.1.4.17", List.of("http", "storage"), "0.1.0", true),
              new NodeList.Node("", "", List.of(), "", false)));

  /** One of each kind of condition and of value. */
  private static Filter filter() {
    Field model = Field.of(Field.Own.MODEL_ID);
    return new Filter.Any(
        List.of(
            new Filter.Not(new Filter.Present(model)),
            new Filter.Prefix(model, "org/"),
            new Filter.All(
                List.of(
                    new Filter.OneOf(
                        Field.further("tasks"),
                        List.of(new Value.Text("a"), new Value.Whole(Long.MIN_VALUE))),
                    new Filter.Compare(
                        Field.of(Field.Own.TIMESTAMP),
                        Filter.Side.AT_LEAST,
                        new Value.Moment(EARLY)),
                    new Filter.Compare(
                        Field.further("limit"), Filter.Side.LESS, new Value.Real(0.1))))));
  }

  /** A view that begins after the start of its array and ends before its end. */
  private static ByteBuffer slice(String text, int from, int length) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(bytes, from, length).slice();
  }

  /** A mebibyte of any bytes, the position past the start, the limit before the end. */
  private static ByteBuffer large() {
    byte[] bytes = new byte[(1 << 20) + 10];
    new Random(20260421).nextBytes(bytes);
    return ByteBuffer.wrap(bytes).position(3).limit(bytes.length - 7);
  }
}

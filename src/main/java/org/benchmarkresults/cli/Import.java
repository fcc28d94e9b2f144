package org.benchmarkresults.cli;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.imports.ImportBatch;
import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportFrom;
import org.benchmarkresults.model.imports.ImportPosition;
import org.benchmarkresults.model.imports.Imported;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One run of an import: reads a batch, saves it while the next one is read, and stores the position
 * when the batch is saved. It blocks its thread; {@link #stop} may be called from any thread.
 */
final class Import {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** JSON may be six times as large as its BSON. */
  private static final long MOST_BYTES_BESIDE_THE_NEXT = 32 << 20;

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

  private final Bus bus;
  private final boolean again;
  private final @Nullable Path report;
  private final CommandAudit audit;
  private final PrintStream terminal;
  private final RetryingCalls persistence;
  private final SavePipeline saving;
  private final ImportProgress progress;

  /**
   * @param audit names the actor in the audit entries of the saves
   * @param terminal receives progress and refusals
   */
  Import(Bus bus, boolean again, @Nullable Path report, CommandAudit audit, PrintStream terminal) {
    this.bus = bus;
    this.again = again;
    this.report = report;
    this.audit = audit;
    this.terminal = terminal;
    persistence = new RetryingCalls(PATIENCE, terminal);
    saving = new SavePipeline(bus);
    progress = new ImportProgress(terminal);
  }

  /** Ends the run after the batch that is under way. */
  public void stop() {
    persistence.stop();
  }

  /**
   * Runs to the end, or until it is stopped.
   *
   * @throws Unavailable when a database was unavailable for too long; what was saved before stays
   *     saved
   * @throws IllegalArgumentException when there is nothing to import
   * @throws IOException when the report cannot be written
   */
  public ImportSummary run() throws IOException {
    awaitDatabase();
    // Without retries, so that a wrong host or password is reported at once.
    List<ImportCollection> collections =
        bus.request(Addresses.IMPORT_SOURCE, new NoArguments()).await().collections();
    if (collections.stream().noneMatch(ImportCollection::present)) {
      throw new IllegalArgumentException("none of these is there: " + places(collections));
    }
    List<ImportCounts> counts = new ArrayList<>();
    try (RefusalReport refusals = RefusalReport.open(report, again, terminal)) {
      for (ImportCollection collection : collections) {
        ImportCounts ofCollection = new ImportCounts(collection);
        counts.add(ofCollection);
        bringIn(collection, ofCollection, refusals);
      }
    } catch (RuntimeException | IOException e) {
      return new ImportSummary(
          counts, Objects.requireNonNullElse(e.getMessage(), "it failed"), false);
    }
    return new ImportSummary(counts, null, persistence.isStopping());
  }

  /** Waits for the database. Its indexes may take longer, because saving needs none of them. */
  private void awaitDatabase() {
    long goOn = System.nanoTime() + PATIENCE.toNanos();
    DatabaseState state = bus.request(Addresses.DATABASE_STATUS, new NoArguments()).await();
    while (state.connected() && !state.indexed() && System.nanoTime() < goOn) {
      if (persistence.pausedUntilStop(BETWEEN_QUESTIONS)) {
        return;
      }
      state = bus.request(Addresses.DATABASE_STATUS, new NoArguments()).await();
    }
    if (!state.connected()) {
      throw new Unavailable("this service's own database does not answer");
    }
    if (!state.indexed()) {
      terminal.println("continuing while the indexes of this service's own database are built");
    }
  }

  private static String places(List<ImportCollection> collections) {
    return String.join(", ", collections.stream().map(ImportCollection::place).toList());
  }

  private void bringIn(ImportCollection collection, ImportCounts counts, RefusalReport report)
      throws IOException {
    if (persistence.isStopping()) {
      return;
    }
    if (!collection.present()) {
      terminal.println(collection.place() + " is not there");
      return;
    }
    ImportPosition begin = start(collection);
    counts.begin(begin.totals());
    String after = begin.after();
    Future<ImportBatch> reading = null;
    while (true) {
      String position = after;
      ImportBatch batch =
          persistence.answer(
              reading == null ? read(collection, position) : reading,
              () -> read(collection, position));
      String next = batch.next();
      if (next == null) {
        return;
      }
      boolean ahead = size(batch) <= MOST_BYTES_BESIDE_THE_NEXT;
      reading = ahead ? read(collection, next) : null;
      save(batch, collection, counts, report);
      ImportPosition reached = new ImportPosition(collection, next, counts.totals());
      NoArguments unused =
          persistence.answer(() -> bus.request(Addresses.SAVE_IMPORT_POSITION, reached));
      progress.tell(collection, counts);
      if (persistence.isStopping()) {
        return;
      }
      after = next;
    }
  }

  private ImportPosition start(ImportCollection collection) {
    if (again) {
      return new ImportPosition(collection);
    }
    ImportPosition kept =
        persistence.answer(() -> bus.request(Addresses.IMPORT_POSITION, collection));
    if (kept.after() != null) {
      terminal.println(
          collection.place()
              + ": continuing where an earlier run ended; --again starts from the beginning");
    }
    return kept;
  }

  private Future<ImportBatch> read(ImportCollection collection, @Nullable String after) {
    return bus.request(Addresses.IMPORT_NEXT, new ImportFrom(collection.stage(), after));
  }

  private Result byCommand(Imported.Ready ready) {
    return ready.result().by(audit.actor());
  }

  private static long size(ImportBatch batch) {
    return batch.rows().stream()
        .mapToLong(row -> row instanceof Imported.Ready ready ? ready.result().data().size() : 0)
        .sum();
  }

  private record UnderWay(Imported row, @Nullable Future<SaveOutcome> saving) {}

  private void save(
      ImportBatch batch, ImportCollection collection, ImportCounts counts, RefusalReport report)
      throws IOException {
    List<UnderWay> all = new ArrayList<>();
    for (Imported row : batch.rows()) {
      all.add(
          switch (row) {
            case Imported.Ready ready -> new UnderWay(row, saving.save(byCommand(ready)));
            case Imported.Refused refused -> new UnderWay(row, null);
          });
    }
    for (UnderWay one : all) {
      String refusal = refusal(one, counts);
      if (refusal != null) {
        counts.refused();
        report.add(collection.name(), one.row.origin(), refusal);
      }
    }
    saving.forget();
    report.flush();
  }

  /** Why the row was not imported; null when it is saved. */
  private @Nullable String refusal(UnderWay one, ImportCounts counts) {
    return switch (one.row) {
      case Imported.Refused refused -> refused.reason();
      case Imported.Ready ready -> refusal(ready, Objects.requireNonNull(one.saving), counts);
    };
  }

  private @Nullable String refusal(
      Imported.Ready ready, Future<SaveOutcome> asked, ImportCounts counts) {
    try {
      SaveOutcome outcome =
          persistence.answer(asked, () -> bus.request(Addresses.SAVE, byCommand(ready)));
      return counts.safe(outcome) ? null : "another result has the same name";
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      return "it could not be stored, which is a fault of this service; its log says more";
    }
  }
}

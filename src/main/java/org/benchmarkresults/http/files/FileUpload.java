package org.benchmarkresults.http.files;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.body.FileParts;
import org.benchmarkresults.http.body.FileParts.Broken;
import org.benchmarkresults.http.body.FileParts.Part;
import org.benchmarkresults.http.body.FileParts.Value;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.log.LineRefusals;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.http.result.SavedResponse;
import org.benchmarkresults.model.derivation.PreviewRequest;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way into the store. Its parts are previewed and saved in batches, one batch after
 * the other, so that results of one name are saved in the order of their lines. Confined to the
 * request's event loop.
 */
final class FileUpload {
  private static final int BATCH_LINES = 32;
  private static final int BATCH_BYTES = 4 << 20;

  /** As the adapter of any team's JSON has it: longer lists are taken for samples. */
  private static final int MOST_OWN_LINES = 32;

  /** A part that was read: either the result it becomes, or the problem. */
  private record Ready(
      int line, @Nullable FileFacts facts, @Nullable Result result, @Nullable Problem problem) {}

  private final RoutingContext context;
  private final Bus bus;
  private final ResultReader results;
  private final SentIdentity identity;
  private final boolean isLines;
  private final List<Part> parts;
  private final FileResults response = new FileResults();
  private int next;
  private boolean isKindChecked;
  private @Nullable FileFacts otherThanResults;

  FileUpload(
      RoutingContext context,
      Bus bus,
      ResultReader results,
      SentIdentity identity,
      FileParts parts) {
    this.context = context;
    this.bus = bus;
    this.results = results;
    this.identity = identity;
    this.isLines = parts.isLines();
    this.parts = parts.parts();
  }

  /** Succeeds once all parts are saved or refused; fails when all are refused. */
  Future<Response> save() {
    if (next == parts.size()) {
      Problem problem = response.problem();
      return problem == null
          ? Future.succeededFuture(response.whole(context))
          : Future.failedFuture(new ProblemException(problem));
    }
    List<Future<Ready>> batch = new ArrayList<>();
    int bytes = 0;
    int previews = 0;
    // The first readable part alone tells whether the file holds something else than results.
    int most = isKindChecked ? BATCH_LINES : 1;
    while (next < parts.size() && previews < most && bytes < BATCH_BYTES) {
      Part part = parts.get(next++);
      if (part instanceof Value value && value.isContainer()) {
        bytes += value.json().size();
        previews++;
      }
      batch.add(read(part));
    }
    return Future.all(batch)
        .compose(read -> saveAll(batch.stream().map(Future::result).toList()))
        .compose(saved -> save());
  }

  private Future<Ready> read(Part part) {
    return switch (part) {
      case Broken broken -> Future.succeededFuture(refused(broken.line(), broken.problem()));
      case Value value when !value.isContainer() ->
          Future.succeededFuture(refused(value.line(), FileProblems.notContainer().problem()));
      case Value value -> preview(value).map(facts -> ready(value, facts));
    };
  }

  private static Ready refused(int line, Problem problem) {
    return new Ready(line, null, null, problem);
  }

  private Future<FileFacts> preview(Value value) {
    PreviewRequest request =
        new PreviewRequest(
            value.json().bytes().duplicate(), identity.context(), identity.modelId(), null);
    return bus.request(ObservationAddresses.PREVIEW_OBSERVATIONS, request).map(FileFacts::of);
  }

  private Ready ready(Value value, FileFacts facts) {
    boolean isFirst = !isKindChecked;
    isKindChecked = true;
    try {
      requireResults(facts);
      Result result =
          results
              .result(
                  Stage.RAW,
                  identity.envelope(value, facts, parts.size() > 1),
                  Requests.refusesNewVersion(context.request()),
                  AccessCheck.caller(context))
              .by(AccessCheck.actor(context));
      return new Ready(value.line(), facts, result, null);
    } catch (ProblemException e) {
      boolean isAnonymous = identity.benchmarkName() == null && !facts.isOfTool();
      if (isFirst && (isAnonymous || e.problem().kind().equals(FileProblems.NOT_RESULTS))) {
        // Thousands of samples are not looked at one by one.
        next = parts.size();
      }
      return refused(value.line(), e.problem());
    }
  }

  /** The facts of the file when it holds something else than results; null otherwise. */
  @Nullable FileFacts otherThanResults() {
    return otherThanResults;
  }

  private void requireResults(FileFacts facts) {
    if (facts.holds() != null) {
      otherThanResults = facts;
      throw FileProblems.holds(String.valueOf(facts.tool()), facts.holds(), isLines);
    }
    if (isLines && facts.tool() == null) {
      throw FileProblems.unknownLine();
    }
    if (isLines && !facts.isOfTool() && parts.size() > MOST_OWN_LINES && facts.time() == null) {
      throw FileProblems.ownLines(MOST_OWN_LINES);
    }
  }

  private Future<Void> saveAll(List<Ready> batch) {
    List<Ready> wave = new ArrayList<>();
    List<Ready> later = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Ready ready : batch) {
      if (ready.result == null || names.add(ready.result.envelope().key().resultName())) {
        wave.add(ready);
      } else {
        later.add(ready);
      }
    }
    Future<Void> saved = saveWave(wave);
    return later.isEmpty() ? saved : saved.compose(done -> saveAll(later));
  }

  private Future<Void> saveWave(List<Ready> wave) {
    List<Result> toSave = new ArrayList<>();
    for (Ready ready : wave) {
      if (ready.result != null) {
        toSave.add(ready.result);
      }
    }
    return save(toSave)
        .map(
            outcomes -> {
              int saved = 0;
              for (Ready ready : wave) {
                respond(ready, ready.result == null ? null : outcomes.get(saved++));
              }
              return null;
            });
  }

  private Future<List<SaveOutcome>> save(List<Result> toSave) {
    if (toSave.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return toSave.size() == 1
        ? bus.request(Addresses.SAVE, toSave.get(0)).map(List::of)
        : bus.request(Addresses.SAVE_ALL, new ResultBatch(Stage.RAW, toSave))
            .map(outcome -> outcome.outcomes());
  }

  private void respond(Ready ready, @Nullable SaveOutcome outcome) {
    SavedResponse saved = outcome == null ? null : SavedResponse.of(outcome);
    if (saved != null && ready.result != null && ready.facts != null) {
      response.add(ready.line, ready.result, saved, ready.facts);
      return;
    }
    Problem problem =
        outcome == null
            ? ready.problem
            : SavedResponse.problem(outcome, AccessCheck.caller(context));
    Problem told = problem == null ? Problem.bug() : problem;
    if (isLines) {
      LineRefusals.of(context).add(ready.line, told);
    }
    response.add(ready.line, told);
  }
}

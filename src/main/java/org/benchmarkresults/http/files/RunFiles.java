package org.benchmarkresults.http.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.attachment.AttachmentIntake;
import org.benchmarkresults.http.attachment.AttachmentIntake.Received;
import org.benchmarkresults.http.attachment.AttachmentName;
import org.benchmarkresults.http.attachment.AttachmentProblems;
import org.benchmarkresults.http.attachment.AttachmentRequests;
import org.benchmarkresults.http.attachment.AttachmentResponses;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.files.RunFileName.Kind;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Files that are no results and belong to a run: samples, archives and logs. Each becomes an
 * attachment of the one stored run that it fits; a file that fits none, or several, is refused.
 */
final class RunFiles {
  private static final int DIGITS = 16;

  private final Vertx vertx;
  private final AttachmentIntake intake;

  RunFiles(Vertx vertx, AttachmentIntake intake) {
    this.vertx = vertx;
    this.intake = intake;
  }

  /** Whether the name alone tells that the file is no result, so that it need not be held. */
  static boolean isNamedSo(@Nullable String name) {
    return RunFileName.of(name).kind() != Kind.OTHER;
  }

  /** Stores the body of a file whose name tells its kind, in bounded memory. */
  Future<Response> stream(RoutingContext context, Bus bus, String name, SentIdentity identity) {
    RunFileName told = RunFileName.of(name);
    SampleScan samples = new SampleScan();
    EvalHead archive = new EvalHead();
    AttachmentIntake.Observer observer =
        switch (told.kind()) {
          case SAMPLES -> samples::read;
          case EVAL -> archive::read;
          case LOG, OTHER -> (bytes, from, length) -> {};
        };
    try {
      String unused = AttachmentName.require(name);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    return intake
        .receive(context.request(), bus, observer)
        .compose(
            received ->
                withDiscard(received, bus, () -> facts(told, samples, archive))
                    .compose(facts -> attach(context, bus, name, identity, facts, received)));
  }

  private interface Facts {
    RunFacts read();
  }

  private Future<RunFacts> withDiscard(Received received, Bus bus, Facts facts) {
    return Future.<Void>succeededFuture()
        .map(now -> facts.read())
        .onFailure(failure -> intake.discard(received, bus));
  }

  private static RunFacts facts(RunFileName told, SampleScan samples, EvalHead archive) {
    return switch (told.kind()) {
      case SAMPLES -> {
        if (!samples.isOfSamples()) {
          throw FileProblems.noSamples();
        }
        yield ofSamples(told, samples);
      }
      case EVAL -> {
        RunFacts facts = archive.facts();
        if (facts == null && !archive.isZip()) {
          throw FileProblems.noArchive();
        }
        yield facts == null
            ? RunFacts.ofNothing("the archive, in which no header of Inspect is readable,")
            : facts;
      }
      case LOG, OTHER -> RunFacts.ofNothing("a log");
    };
  }

  private static RunFacts ofSamples(RunFileName told, SampleScan samples) {
    return new RunFacts(
        "the file of samples of lm-eval",
        "lm-eval",
        told.task(),
        samples.taskHash(),
        null,
        null,
        null,
        null,
        told.writtenAt());
  }

  /**
   * Stores a file that is in memory and holds no results.
   *
   * @param tool null when it is an archive
   * @param holds what it holds instead of results
   */
  Future<Response> hold(
      RoutingContext context,
      Bus bus,
      @Nullable String name,
      SentIdentity identity,
      ByteBuffer file,
      @Nullable String tool,
      String holds) {
    RunFacts facts;
    try {
      String unused = name == null ? "" : AttachmentName.require(name);
      facts = heldFacts(name, file, tool, holds);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    return intake
        .hold(file, bus)
        .compose(
            received ->
                attach(
                    context,
                    bus,
                    name == null ? named(tool, holds, received) : name,
                    identity,
                    facts,
                    received));
  }

  private static RunFacts heldFacts(
      @Nullable String name, ByteBuffer file, @Nullable String tool, String holds) {
    int from = file.arrayOffset() + file.position();
    if (tool == null) {
      EvalHead archive = new EvalHead();
      archive.read(file.array(), from, file.remaining());
      RunFacts facts = archive.facts();
      if (facts == null) {
        throw FileProblems.noArchive();
      }
      return facts;
    }
    SampleScan samples = new SampleScan();
    if (tool.equals("lm-eval")) {
      samples.read(file.array(), from, file.remaining());
    }
    return samples.isOfSamples()
        ? ofSamples(RunFileName.of(name), samples)
        : RunFacts.ofNothing("the file of " + tool + ", which holds " + holds + ",");
  }

  private static String named(@Nullable String tool, String holds, Received received) {
    String digest = received.total().digest().hex().substring(0, DIGITS);
    return tool == null
        ? digest + ".eval"
        : holds.replaceAll("\\W+", "_") + "_" + digest + ".jsonl";
  }

  private Future<Response> attach(
      RoutingContext context,
      Bus bus,
      String name,
      SentIdentity identity,
      RunFacts facts,
      Received received) {
    String prefix = AccessCheck.caller(context).benchmarkPrefix();
    return new RunSearch(vertx, bus, prefix, facts, identity)
        .find()
        .onFailure(failure -> intake.discard(received, bus))
        .map(
            result ->
                new AttachmentRef(Stage.RAW, result, name, prefix, AccessCheck.actor(context)))
        .compose(
            ref ->
                intake
                    .attach(
                        ref,
                        AttachmentRequests.condition(context.request()),
                        received,
                        mediaType(name),
                        bus)
                    .map(outcome -> response(context, ref, outcome)));
  }

  private static String mediaType(String name) {
    return switch (RunFileName.of(name).kind()) {
      case SAMPLES -> "application/x-ndjson";
      case EVAL -> "application/zip";
      case LOG -> "text/plain";
      case OTHER ->
          name.endsWith(".jsonl")
              ? "application/x-ndjson"
              : name.endsWith(".json") ? "application/json" : "application/octet-stream";
    };
  }

  private static Response response(RoutingContext context, AttachmentRef ref, EndOutcome outcome) {
    return switch (outcome) {
      case EndOutcome.Attached attached ->
          response(
              context, ref, attached.attachment(), attached.replaced() ? "replaced" : "attached");
      case EndOutcome.Unchanged unchanged ->
          response(context, ref, unchanged.attachment(), "already_attached");
      case EndOutcome.EndRefused refused -> throw AttachmentProblems.of(refused.refusal());
    };
  }

  private static Response response(
      RoutingContext context, AttachmentRef ref, Attachment attachment, String outcome) {
    JsonObject row =
        new JsonObject()
            .put("result_name", ref.resultName())
            .put("name", attachment.file())
            .put("size", attachment.size())
            .put("digest", attachment.digest().text())
            .put("outcome", outcome);
    JsonObject body =
        new JsonObject()
            .put("results", new JsonArray())
            .put("attachments", new JsonArray().add(row));
    Map<String, String> headers = Response.headers("application/json");
    headers.put("Location", References.to(context, AttachmentResponses.path(ref)));
    return new Response.Whole(200, headers, body.toBuffer());
  }
}

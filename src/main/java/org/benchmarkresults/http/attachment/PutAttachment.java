package org.benchmarkresults.http.attachment;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.bus.AttachmentAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.attachment.AttachmentBegin;
import org.benchmarkresults.model.attachment.AttachmentCondition;
import org.benchmarkresults.model.attachment.AttachmentEnd;
import org.benchmarkresults.model.attachment.AttachmentLimits;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.BeginOutcome;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.result.Stage;

/** Stores the body of a request as an attachment, in bounded memory. */
record PutAttachment(
    String id, Stage stage, AttachmentLimits most, IncomingAttachment.Limits limits)
    implements Operation {
  /** Everything that the headers say. */
  private record Upload(
      AttachmentRef ref,
      AttachmentCondition condition,
      String mediaType,
      BodyDigest digest,
      Encoding encoding,
      long size) {}

  @Override
  public String address() {
    return AttachmentAddresses.BEGIN.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    HttpServerRequest request = context.request();
    request.pause();
    return Future.<Void>succeededFuture()
        .map(now -> upload(context))
        .compose(upload -> begin(upload, context, bus))
        // The rest is read and dropped, otherwise the client might not read the response.
        .onFailure(failure -> request.resume());
  }

  private Future<Response> begin(Upload upload, RoutingContext context, Bus bus) {
    return bus.request(
            AttachmentAddresses.BEGIN,
            new AttachmentBegin(upload.ref, upload.condition, most, upload.size))
        .compose(
            outcome ->
                switch (outcome) {
                  case BeginOutcome.Begun begun -> receive(begun.upload(), upload, context, bus);
                  case BeginOutcome.Existing existing -> receive("", upload, context, bus);
                  case BeginOutcome.BeginRefused refused ->
                      throw AttachmentProblems.of(refused.refusal());
                });
  }

  private Upload upload(RoutingContext context) {
    HttpServerRequest request = context.request();
    AttachmentRef ref = AttachmentRequests.one(stage, context);
    Encoding encoding = Encoding.of(request);
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    long declared = length == null ? -1 : Long.parseLong(length);
    if (declared > limits.limit()) {
      throw new ProblemException(Problem.tooLarge(limits.limit()));
    }
    return new Upload(
        ref,
        AttachmentRequests.condition(request),
        MediaType.of(request),
        BodyDigest.of(request),
        encoding,
        // Content-Length is the length of the compressed bytes.
        encoding == Encoding.IDENTITY ? declared : -1);
  }

  /**
   * Reads the body.
   *
   * @param name of the upload; empty to compare the bytes only
   */
  private Future<Response> receive(String name, Upload upload, RoutingContext context, Bus bus) {
    ChunkFill.Writer writer =
        (number, bytes) ->
            name.isEmpty()
                ? Future.succeededFuture()
                : bus.request(AttachmentAddresses.WRITE, new AttachmentPart(name, number, bytes));
    return new IncomingAttachment(
            context.request(),
            limits,
            writer,
            (bytes, from, length) -> {},
            upload.digest,
            upload.encoding)
        .start()
        .onFailure(
            failure -> {
              if (!name.isEmpty()) {
                AttachmentIntake.discard(name, bus);
              }
            })
        .compose(total -> end(name, upload, total, bus))
        .map(outcome -> AttachmentResponses.stored(context, upload.ref, outcome));
  }

  private Future<EndOutcome> end(String name, Upload upload, ChunkFill.Total total, Bus bus) {
    return bus.request(
        AttachmentAddresses.END,
        new AttachmentEnd(
            upload.ref,
            upload.condition,
            most,
            name,
            total.chunks(),
            total.size(),
            total.digest(),
            upload.mediaType));
  }
}

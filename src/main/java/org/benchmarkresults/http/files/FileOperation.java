package org.benchmarkresults.http.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.attachment.AttachmentIntake;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.benchmarkresults.http.body.FileParts;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.result.ResultReader;
import org.jspecify.annotations.Nullable;

/** Stores the file in the body as raw inputs; several methods and paths do the same. */
public record FileOperation(
    String id, Vertx vertx, BodyReader bodies, ResultReader results, AttachmentIntake intake)
    implements Operation {
  private static final int MOST_LINES = 10_000;

  /** Larger files are read by a worker. */
  private static final int MOST_ON_EVENT_LOOP = 128 << 10;

  /** The operations of the contract. */
  public static List<Operation> all(
      Vertx vertx, BodyReader bodies, ResultReader results, AttachmentIntake intake) {
    return Stream.of("postFile", "putFile", "postNamedFile", "putNamedFile")
        .<Operation>map(id -> new FileOperation(id, vertx, bodies, results, intake))
        .toList();
  }

  @Override
  public String address() {
    return Addresses.SAVE.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    SentIdentity identity = SentIdentity.of(context.queryParams());
    boolean isLines =
        BodyType.of(context.request().getHeader(HttpHeaders.CONTENT_TYPE)) == BodyType.LINES;
    RunFiles runFiles = new RunFiles(vertx, intake);
    String name = context.pathParam("file_name");
    return RunFiles.isNamedSo(name)
        ? runFiles.stream(context, bus, name, identity)
        : bodies
            .readFile(context.request())
            .compose(
                body -> {
                  HeldBody.keep(context, body);
                  ByteBuffer file = body.bytes();
                  return EvalHead.isZip(
                          file.array(), file.arrayOffset() + file.position(), file.remaining())
                      ? runFiles.hold(context, bus, name, identity, file, null, "")
                      : results(body, isLines, name, context, bus, identity, runFiles);
                });
  }

  /** Stores the results in a file; one that holds none is attached to the run it belongs to. */
  private Future<Response> results(
      Body body,
      boolean isLines,
      @Nullable String name,
      RoutingContext context,
      Bus bus,
      SentIdentity identity,
      RunFiles runFiles) {
    return parts(body, isLines)
        .compose(
            parts -> {
              FileUpload upload = new FileUpload(context, bus, results, identity, parts);
              return upload
                  .save()
                  .recover(
                      failure -> {
                        FileFacts other = upload.otherThanResults();
                        return other == null
                            ? Future.failedFuture(failure)
                            : runFiles.hold(
                                context,
                                bus,
                                name,
                                identity,
                                body.bytes(),
                                String.valueOf(other.tool()),
                                String.valueOf(other.holds()));
                      });
            });
  }

  private Future<FileParts> parts(Body body, boolean isLines) {
    return body.bytes().remaining() <= MOST_ON_EVENT_LOOP
        ? Future.succeededFuture(results.file(body.bytes(), isLines, MOST_LINES))
        : vertx.executeBlocking(() -> results.file(body.bytes(), isLines, MOST_LINES), false);
  }
}

package org.benchmarkresults.http.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.benchmarkresults.http.body.FileParts;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.result.ResultReader;

/** Stores the file in the body as raw inputs; several methods and paths do the same. */
public record FileOperation(String id, Vertx vertx, BodyReader bodies, ResultReader results)
    implements Operation {
  private static final int MOST_LINES = 10_000;

  /** Larger files are read by a worker. */
  private static final int MOST_ON_EVENT_LOOP = 128 << 10;

  /** The operations of the contract. */
  public static List<Operation> all(Vertx vertx, BodyReader bodies, ResultReader results) {
    return Stream.of("postFile", "putFile", "postNamedFile", "putNamedFile")
        .<Operation>map(id -> new FileOperation(id, vertx, bodies, results))
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
    return bodies
        .readFile(context.request())
        .compose(
            body -> {
              HeldBody.keep(context, body);
              return parts(body, isLines);
            })
        .compose(parts -> new FileUpload(context, bus, results, identity, parts).save());
  }

  private Future<FileParts> parts(Body body, boolean isLines) {
    return body.bytes().remaining() <= MOST_ON_EVENT_LOOP
        ? Future.succeededFuture(results.file(body.bytes(), isLines, MOST_LINES))
        : vertx.executeBlocking(() -> results.file(body.bytes(), isLines, MOST_LINES), false);
  }
}

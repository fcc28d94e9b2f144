package org.benchmarkresults.http.bulk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.access.AuditWriter;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.model.result.Stage;

/** Begins loads: many results in one request, one a line. */
public final class BulkUploads {
  /**
   * What all loads of a node take their memory from.
   *
   * @param windows what loads hold as long as they last, and the answers that nobody reads
   * @param large for lines that outgrow the window, which uploads of single results share
   * @param mostAnswers that may wait to be read, in bytes of one load
   * @param limit of a line in bytes
   * @param patience how long the other side may be silent when it is its turn
   */
  public record Memory(
      UploadBudget windows, UploadBudget large, long mostAnswers, long limit, Duration patience) {}

  private final Vertx vertx;
  private final ResultReader results;
  private final Memory memory;
  private final AuditWriter audit;
  private final ShutdownDeadline deadline;

  public BulkUploads(
      Vertx vertx,
      ResultReader results,
      Memory memory,
      AuditWriter audit,
      ShutdownDeadline deadline) {
    this.deadline = deadline;
    this.audit = audit;
    this.vertx = vertx;
    this.results = results;
    this.memory = memory;
  }

  /** Succeeds at once: what the answer says comes while the request is read. */
  public Future<Response> begin(Stage stage, RoutingContext context, Bus bus) {
    context.request().pause();
    try {
      BulkUploadReader reader =
          new BulkUploadReader(
              results,
              stage,
              AccessCheck.caller(context),
              Requests.refusesNewVersion(context.request()),
              memory.limit(),
              Encoding.of(context.request()));
      BulkUpload load = new BulkUpload(vertx, context, bus, audit, stage, reader, memory, deadline);
      load.begin();
      Map<String, String> headers = Response.headers(BodyType.LINES_TYPE);
      // An encoder would hold back lines until it has enough of them.
      headers.put("Content-Encoding", "identity");
      return Future.succeededFuture(new Response.Pieces(200, headers, load));
    } catch (ProblemException e) {
      // What is still on its way is read and dropped, so that the sender gets to see the answer.
      context.request().resume();
      return Future.failedFuture(e);
    }
  }
}

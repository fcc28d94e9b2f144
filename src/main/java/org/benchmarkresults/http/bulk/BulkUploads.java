package org.benchmarkresults.http.bulk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.model.result.Stage;

/** Starts bulk uploads: requests with one result per line. */
public final class BulkUploads {
  /**
   * Memory and limits of all bulk uploads of a node.
   *
   * @param windows memory for windows and unread responses
   * @param large memory for lines that outgrow the window, shared with uploads of single results
   * @param maxUnreadBytes unread response bytes of one upload
   * @param limit largest line in bytes
   * @param timeout longest silence of the client
   */
  public record Memory(
      UploadBudget windows,
      UploadBudget large,
      long maxUnreadBytes,
      long limit,
      Duration timeout) {}

  private final Vertx vertx;
  private final ResultReader results;
  private final Memory memory;
  private final ShutdownDeadline deadline;

  public BulkUploads(Vertx vertx, ResultReader results, Memory memory, ShutdownDeadline deadline) {
    this.deadline = deadline;
    this.vertx = vertx;
    this.results = results;
    this.memory = memory;
  }

  /** Succeeds at once; the response is written while the request is read. */
  public Future<Response> begin(Stage stage, RoutingContext context, Bus bus) {
    context.request().pause();
    try {
      BulkUploadReader reader =
          new BulkUploadReader(
              results,
              stage,
              AccessCheck.caller(context),
              AccessCheck.actor(context),
              Requests.refusesNewVersion(context.request()),
              memory.limit(),
              Encoding.of(context.request()));
      BulkUpload upload = new BulkUpload(vertx, context, bus, stage, reader, memory, deadline);
      upload.start();
      Map<String, String> headers = Response.headers(BodyType.LINES_TYPE);
      // Compression would buffer lines.
      headers.put("Content-Encoding", "identity");
      return Future.succeededFuture(new Response.Pieces(200, headers, upload));
    } catch (ProblemException e) {
      // The rest is read and dropped, otherwise the client might not read the response.
      context.request().resume();
      return Future.failedFuture(e);
    }
  }
}

package org.benchmarkresults.http.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.Audit;
import org.benchmarkresults.http.access.Guard;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.exchange.Reply;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.model.result.Stage;

/** Begins loads: many results in one request, one a line. */
public final class Loads {
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
  private final Audit audit;
  private final ShutdownDeadline deadline;

  public Loads(
      Vertx vertx, ResultReader results, Memory memory, Audit audit, ShutdownDeadline deadline) {
    this.deadline = deadline;
    this.audit = audit;
    this.vertx = vertx;
    this.results = results;
    this.memory = memory;
  }

  /** Succeeds at once: what the answer says comes while the request is read. */
  public Future<Reply> begin(Stage stage, RoutingContext context, Bus bus) {
    context.request().pause();
    try {
      LoadReader reader =
          new LoadReader(
              results,
              stage,
              Guard.caller(context),
              Requests.refusesNewVersion(context.request()),
              memory.limit(),
              Encoding.of(context.request()));
      Load load = new Load(vertx, context, bus, audit, stage, reader, memory, deadline);
      load.begin();
      Map<String, String> headers = Reply.headers(BodyType.LINES_TYPE);
      // An encoder would hold back lines until it has enough of them.
      headers.put("Content-Encoding", "identity");
      return Future.succeededFuture(new Reply.Pieces(200, headers, load));
    } catch (ProblemException e) {
      // What is still on its way is read and dropped, so that the sender gets to see the answer.
      context.request().resume();
      return Future.failedFuture(e);
    }
  }
}

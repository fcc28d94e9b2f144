package org.benchmarkresults.http.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.Caller;
import org.benchmarkresults.security.Callers;
import org.benchmarkresults.security.Recognition;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass to the operation it is for, or not, as the contract's {@code security} says.
 */
public final class AccessCheck {
  private static final String KEY = "caller";

  /** Of an operation that is open to all and must not wait for the database. */
  private static final long RECOGNITION_MILLIS = 500;

  private final boolean openRead;
  private final @Nullable Callers callers;
  private final RateLimit quota;
  private final @Nullable Retry retry;

  /**
   * @param callers null to let everybody pass
   * @param quota of each of them
   * @param retry for keys of writers, which wait as their results do while the database is away
   */
  public AccessCheck(
      boolean openRead, @Nullable Callers callers, RateLimit quota, @Nullable Retry retry) {
    this.quota = quota;
    this.retry = retry;
    this.openRead = openRead;
    this.callers = callers;
  }

  /** One that lets everybody pass. */
  public static AccessCheck ofNobody() {
    return new AccessCheck(false, null, new RateLimit("key", 0, 0), null);
  }

  /** Who calls; anybody where nobody was asked. */
  public static Caller caller(RoutingContext context) {
    Caller caller = context.get(KEY);
    return caller == null ? Caller.ANYBODY : caller;
  }

  /**
   * Succeeds when the caller may go on, and {@link #caller} knows them; fails with {@link
   * ProblemException} 401 or 403, and with {@code Unavailable} when it cannot be found out who they
   * are.
   *
   * @param needed what the operation needs; null for an operation that is open to all
   */
  public Future<Void> admit(RoutingContext context, @Nullable Scope needed) {
    if (needed == null || callers == null) {
      return Future.succeededFuture();
    }
    Optional<String> token;
    try {
      token = Credentials.of(context.request());
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    if (token.isEmpty()) {
      return openRead && needed == Scope.READ
          ? admitted(context, Caller.READER)
          : Future.failedFuture(new ProblemException(Problem.tokenMissing()));
    }
    String given = token.get();
    Future<Recognition> recognition =
        needed == Scope.WRITE && retry != null
            ? retry.whileUnavailable(() -> callers.recognise(given))
            : callers.recognise(given);
    return recognition.compose(recognised -> judge(context, needed, recognised));
  }

  /**
   * Succeeds with whether the caller is known, or nobody is asked who they are; false when that
   * cannot be found out at once.
   */
  Future<Boolean> recognises(RoutingContext context) {
    if (callers == null) {
      return Future.succeededFuture(true);
    }
    try {
      return Credentials.of(context.request())
          .map(token -> callers.recognise(token).map(Recognition.Known.class::isInstance))
          .orElse(Future.succeededFuture(false))
          .timeout(RECOGNITION_MILLIS, TimeUnit.MILLISECONDS)
          .otherwise(false);
    } catch (ProblemException e) {
      return Future.succeededFuture(false);
    }
  }

  /**
   * Succeeds with whether who was admitted still would be; true when that cannot be found out now.
   */
  public Future<Boolean> stillAdmits(RoutingContext context) {
    if (callers == null) {
      return Future.succeededFuture(true);
    }
    Optional<String> token = Credentials.of(context.request());
    return token.isEmpty()
        ? Future.succeededFuture(true)
        : callers
            .recognise(token.get())
            .map(recognised -> recognised instanceof Recognition.Known)
            .otherwise(true);
  }

  private Future<Void> judge(RoutingContext context, Scope needed, Recognition recognised) {
    return switch (recognised) {
      case Recognition.Refused refused ->
          Future.failedFuture(new ProblemException(Problem.tokenRefused(refused.reason())));
      case Recognition.Known known -> judge(context, needed, known.caller());
    };
  }

  private Future<Void> judge(RoutingContext context, Scope needed, Caller caller) {
    try {
      quota.admit(caller.id(), context);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    return caller.may(needed)
        ? admitted(context, caller)
        : Future.failedFuture(new ProblemException(Problem.scopeMissing(needed)));
  }

  private static Future<Void> admitted(RoutingContext context, Caller caller) {
    context.put(KEY, caller);
    return Future.succeededFuture();
  }
}

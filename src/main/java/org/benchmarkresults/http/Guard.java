package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.model.Scope;
import org.benchmarkresults.security.Caller;
import org.benchmarkresults.security.Callers;
import org.benchmarkresults.security.Recognition;
import org.jspecify.annotations.Nullable;

/** Lets a request pass to the operation it is for, or not, as the contract's {@code security} says. */
final class Guard {
  private static final String KEY = "caller";

  private final boolean openRead;
  private final @Nullable Callers callers;
  private final Quota quota;

  /**
   * @param callers null to let everybody pass
   * @param quota of each of them
   */
  Guard(boolean openRead, @Nullable Callers callers, Quota quota) {
    this.quota = quota;
    this.openRead = openRead;
    this.callers = callers;
  }

  /** One that lets everybody pass. */
  static Guard ofNobody() {
    return new Guard(false, null, new Quota("key", 0, 0));
  }

  /** Who calls; anybody where nobody was asked. */
  static Caller caller(RoutingContext context) {
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
  Future<Void> admit(RoutingContext context, @Nullable Scope needed) {
    if (needed == null || callers == null) {
      return Future.succeededFuture();
    }
    String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return openRead && needed == Scope.READ
          ? admitted(context, Caller.READER)
          : Future.failedFuture(new ProblemException(Problem.tokenMissing()));
    }
    return callers
        .recognise(authorization)
        .compose(recognised -> judge(context, needed, recognised));
  }

  /** Succeeds with whether who was admitted still would be; true when that cannot be found out now. */
  Future<Boolean> stillAdmits(RoutingContext context) {
    String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return callers == null || authorization == null
        ? Future.succeededFuture(true)
        : callers
            .recognise(authorization)
            .map(recognised -> recognised instanceof Recognition.Known)
            .otherwise(true);
  }

  private Future<Void> judge(
      RoutingContext context, Scope needed, Recognition recognised) {
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

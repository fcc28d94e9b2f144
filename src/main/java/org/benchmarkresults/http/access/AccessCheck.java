package org.benchmarkresults.http.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.config.SecuritySettings;
import org.benchmarkresults.http.exchange.Operation.Access;
import org.benchmarkresults.http.log.RequestLog;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.Caller;
import org.benchmarkresults.security.Callers;
import org.benchmarkresults.security.Recognition;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may go on: who the caller is, whether they have the scope that the
 * contract names, and which benchmarks they may see. Requests for stored results carry the caller's
 * benchmark prefix, and storage judges each result that it reads or changes by it.
 */
public final class AccessCheck {
  private static final String CALLER = "caller";
  private static final String ACTOR = "actor";

  /** An operation that is open to all must not wait for the database. */
  private static final long RECOGNITION_MILLIS = 500;

  private final boolean anonymousRead;
  private final boolean isAudited;
  private final @Nullable Callers callers;
  private final RateLimit rateLimit;
  private final @Nullable Retry retry;

  /**
   * @param callers null to admit everybody
   * @param rateLimit of each caller
   * @param retry for the keys of writers, which wait for the database as saves do
   */
  public AccessCheck(
      SecuritySettings security,
      @Nullable Callers callers,
      RateLimit rateLimit,
      @Nullable Retry retry) {
    anonymousRead = security.anonymousRead();
    isAudited = security.isAudited();
    this.callers = callers;
    this.rateLimit = rateLimit;
    this.retry = retry;
  }

  private AccessCheck() {
    anonymousRead = false;
    isAudited = false;
    callers = null;
    rateLimit = new RateLimit("key", 0, 0);
    retry = null;
  }

  /** Admits everybody. */
  public static AccessCheck ofNobody() {
    return new AccessCheck();
  }

  /** The caller of a request that was admitted. */
  public static Caller caller(RoutingContext context) {
    Caller caller = context.get(CALLER);
    return caller == null ? Caller.ANYBODY : caller;
  }

  /** The author of the changes that a request makes; null when changes are not audited. */
  public static @Nullable Actor actor(RoutingContext context) {
    return context.get(ACTOR);
  }

  /**
   * Throws {@link ProblemException} 403 when the caller may not store results of the benchmark, or
   * learn that it holds a name.
   */
  public static void require(Caller caller, String benchmarkName) {
    if (!caller.reaches(benchmarkName)) {
      throw new ProblemException(Problem.outsidePrefix(caller.benchmarkPrefix()));
    }
  }

  /**
   * Succeeds when the request may go on, and {@link #caller} knows who sent it; fails with {@link
   * ProblemException} 401 or 403, and with {@code Unavailable} when the caller cannot be looked up.
   *
   * @param scopes of which the caller needs one; empty for an operation that is open to all
   */
  public Future<Void> admit(RoutingContext context, Set<Scope> scopes, Access access) {
    boolean isOpen = scopes.isEmpty();
    if (callers == null || (isOpen && access != Access.OPTIONAL)) {
      return Future.succeededFuture();
    }
    Optional<String> token;
    try {
      token = Credentials.of(context.request());
    } catch (ProblemException e) {
      return isOpen ? stranger(context) : Future.failedFuture(e);
    }
    if (isOpen) {
      return token.isEmpty() ? stranger(context) : recognise(context, callers, token.get());
    }
    if (token.isEmpty()) {
      return anonymousRead && scopes.contains(Scope.READ)
          ? admitted(context, Caller.READER)
          : Future.failedFuture(new ProblemException(Problem.tokenMissing()));
    }
    String given = token.get();
    Future<Recognition> recognition =
        scopes.contains(Scope.WRITE) && retry != null
            ? retry.whileUnavailable(() -> callers.recognise(given))
            : callers.recognise(given);
    return recognition.compose(recognised -> judge(context, scopes, access, recognised));
  }

  private static Future<Void> stranger(RoutingContext context) {
    context.put(CALLER, Caller.STRANGER);
    return Future.succeededFuture();
  }

  /** Refuses no caller; one that is not recognised in time is a stranger. */
  private static Future<Void> recognise(RoutingContext context, Callers callers, String token) {
    return callers
        .recognise(token)
        .timeout(RECOGNITION_MILLIS, TimeUnit.MILLISECONDS)
        .transform(
            recognition -> {
              context.put(
                  CALLER,
                  recognition.result() instanceof Recognition.Known known
                      ? known.caller()
                      : Caller.STRANGER);
              return Future.succeededFuture();
            });
  }

  /**
   * Succeeds with whether the caller would still be recognised; true when that cannot be looked up
   * now.
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

  private Future<Void> judge(
      RoutingContext context, Set<Scope> scopes, Access access, Recognition recognition) {
    try {
      Caller caller =
          switch (recognition) {
            case Recognition.Refused refused ->
                throw new ProblemException(Problem.tokenRefused(refused.reason()));
            case Recognition.Known known -> known.caller();
          };
      rateLimit.admit(caller.id(), context);
      if (scopes.stream().noneMatch(caller::may)) {
        throw new ProblemException(Problem.scopeMissing(scopes));
      }
      if (access == Access.ALL_BENCHMARKS && caller.isRestricted()) {
        throw new ProblemException(Problem.outsidePrefix(caller.benchmarkPrefix()));
      }
      return admitted(context, caller);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Void> admitted(RoutingContext context, Caller caller) {
    context.put(CALLER, caller);
    if (isAudited) {
      context.put(
          ACTOR, new Actor(caller.id(), RemoteAddress.of(context), RequestLog.requestId(context)));
    }
    return Future.succeededFuture();
  }
}

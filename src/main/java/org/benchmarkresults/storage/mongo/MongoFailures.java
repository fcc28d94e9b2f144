package org.benchmarkresults.storage.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.benchmarkresults.bus.Unavailable;

/**
 * Tells by type and error code what a failure of the driver means; by text only where there is no
 * code.
 */
public final class MongoFailures {
  public static final int DUPLICATE_KEY = 11000;

  private static final int BAD_VALUE = 2;

  /**
   * Codes after which the same operation may be tried again: not primary, stepping down, shutting
   * down, interrupted, out of time, no disk space, not authorized (see MongoDB's error_codes.yml).
   */
  private static final Set<Integer> PASSING =
      Set.of(
          6, 7, 13, 18, 50, 64, 89, 91, 189, 202, 262, 9001, 10107, 11600, 11602, 13435, 13436,
          14031, 100, 79, 133, 134);

  private MongoFailures() {}

  /** For {@code recover}: the failure as {@link Unavailable} when trying again may help. */
  public static <T> Future<T> translate(Throwable failure) {
    return Future.failedFuture(toUnavailable(failure));
  }

  public static Throwable toUnavailable(Throwable failure) {
    if (failure instanceof Unavailable || !isPassing(failure)) {
      return failure;
    }
    return new Unavailable("The database did not answer; please try again.", failure);
  }

  public static boolean isDuplicateKey(Throwable failure) {
    return failure instanceof MongoWriteException write
        && write.getError().getCode() == DUPLICATE_KEY;
  }

  private static boolean isPassing(Throwable failure) {
    return switch (failure) {
      case MongoTimeoutException e -> true;
      case MongoSocketException e -> true;
      case MongoSecurityException e -> true;
      case MongoWriteConcernException e -> true;
      case MongoClientException e -> true;
      // So the driver calls what its transport throws when a connection is cut while it writes.
      case MongoInternalException e -> true;
      case MongoBulkWriteException e -> e.getWriteConcernError() != null || labelled(e);
      case MongoCommandException e ->
          PASSING.contains(e.getErrorCode()) || labelled(e) || lacksIndex(e);
      case MongoException e -> PASSING.contains(e.getCode()) || labelled(e);
      case TimeoutException e -> true;
      case IllegalStateException e -> isOfDriver(e);
      default -> false;
    };
  }

  /**
   * The driver throws it for every operation after the client was closed. Thrown by anybody else it
   * is a bug, such as a document that cannot be read.
   */
  private static boolean isOfDriver(IllegalStateException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("com.mongodb.");
  }

  /**
   * A query names an index that is still being made, as in the first moments of a new database.
   * MongoDB has no error code of its own for it, so the text is looked at.
   */
  private static boolean lacksIndex(MongoException failure) {
    return failure.getCode() == BAD_VALUE
        && ("" + failure.getMessage())
            .contains("hint provided does not correspond to an existing index");
  }

  private static boolean labelled(MongoException failure) {
    return failure.hasErrorLabel("RetryableWriteError")
        || failure.hasErrorLabel("TransientTransactionError");
  }
}

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

/** Classifies failures of the driver by type and error code; by text only without a code. */
public final class MongoFailures {
  public static final int DUPLICATE_KEY = 11000;

  private static final int BAD_VALUE = 2;

  /**
   * Codes after which a retry may succeed: not primary, stepping down, shutting down, interrupted,
   * timeout, no disk space, not authorized (MongoDB's error_codes.yml).
   */
  private static final Set<Integer> TRANSIENT_CODES =
      Set.of(
          6, 7, 13, 18, 50, 64, 89, 91, 189, 202, 262, 9001, 10107, 11600, 11602, 13435, 13436,
          14031, 100, 79, 133, 134);

  private MongoFailures() {}

  /** For {@code recover}: fails with {@link Unavailable} when a retry may succeed. */
  public static <T> Future<T> translate(Throwable failure) {
    return Future.failedFuture(toUnavailable(failure));
  }

  /** Converts a transient failure to {@link Unavailable} and returns any other unchanged. */
  public static Throwable toUnavailable(Throwable failure) {
    if (failure instanceof Unavailable || !isTransient(failure)) {
      return failure;
    }
    return new Unavailable("The database did not answer; please try again.", failure);
  }

  public static boolean isDuplicateKey(Throwable failure) {
    return failure instanceof MongoWriteException write
        && write.getError().getCode() == DUPLICATE_KEY;
  }

  private static boolean isTransient(Throwable failure) {
    return switch (failure) {
      case MongoTimeoutException e -> true;
      case MongoSocketException e -> true;
      case MongoSecurityException e -> true;
      case MongoWriteConcernException e -> true;
      case MongoClientException e -> true;
      // The driver's wrapper of what its transport throws when a connection is cut during a write.
      case MongoInternalException e -> true;
      case MongoBulkWriteException e -> e.getWriteConcernError() != null || hasRetryLabel(e);
      case MongoCommandException e ->
          TRANSIENT_CODES.contains(e.getErrorCode()) || hasRetryLabel(e) || lacksIndex(e);
      case MongoException e -> TRANSIENT_CODES.contains(e.getCode()) || hasRetryLabel(e);
      case TimeoutException e -> true;
      case IllegalStateException e -> isFromDriver(e);
      default -> false;
    };
  }

  /**
   * The driver throws it for operations on a closed client. Thrown by other code it is a bug, such
   * as a document that cannot be read.
   */
  private static boolean isFromDriver(IllegalStateException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("com.mongodb.");
  }

  /** A hinted index is still being built. MongoDB has no specific code for it, only a text. */
  private static boolean lacksIndex(MongoException failure) {
    return failure.getCode() == BAD_VALUE
        && ("" + failure.getMessage())
            .contains("hint provided does not correspond to an existing index");
  }

  private static boolean hasRetryLabel(MongoException failure) {
    return failure.hasErrorLabel("RetryableWriteError")
        || failure.hasErrorLabel("TransientTransactionError");
  }
}

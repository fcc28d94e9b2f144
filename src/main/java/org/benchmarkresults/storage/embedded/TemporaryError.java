package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** A command failed temporarily; its code tells the driver that a retry may succeed. */
final class TemporaryError extends MongoServerError {
  private static final long serialVersionUID = 1L;
  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final int EXCEEDED_TIME_LIMIT = 262;

  TemporaryError(String reason) {
    this(OUT_OF_DISK_SPACE, "OutOfDiskSpace", reason);
  }

  private TemporaryError(int code, String name, String reason) {
    super(code, name, reason);
  }

  /** Other scans took the time limit of this command. */
  static TemporaryError busy() {
    return new TemporaryError(
        EXCEEDED_TIME_LIMIT, "ExceededTimeLimit", "Too many commands read many rows at present.");
  }

  Document reply() {
    return new Document("ok", 0.0)
        .append("errmsg", getMessageWithoutErrorCode())
        .append("code", getCode())
        .append("codeName", getCodeName());
  }
}

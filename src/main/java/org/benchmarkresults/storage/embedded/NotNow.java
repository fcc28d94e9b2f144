package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** The database cannot do it at present. Its code is one that means: try again later. */
final class NotNow extends MongoServerError {
  private static final long serialVersionUID = 1L;
  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final int EXCEEDED_TIME_LIMIT = 262;

  NotNow(String reason) {
    this(OUT_OF_DISK_SPACE, "OutOfDiskSpace", reason);
  }

  private NotNow(int code, String name, String reason) {
    super(code, name, reason);
  }

  /** Other commands took the time that there was for this one. */
  static NotNow busy() {
    return new NotNow(
        EXCEEDED_TIME_LIMIT, "ExceededTimeLimit", "Other commands read many rows at present.");
  }

  Document answer() {
    return new Document("ok", 0.0)
        .append("errmsg", getMessageWithoutErrorCode())
        .append("code", getCode())
        .append("codeName", getCodeName());
  }
}

package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** The database cannot do it at present. Its code is one that means: try again later. */
final class NotNow extends MongoServerError {
  private static final long serialVersionUID = 1L;
  private static final int OUT_OF_DISK_SPACE = 14031;

  NotNow(String reason) {
    super(OUT_OF_DISK_SPACE, "OutOfDiskSpace", reason);
  }

  Document answer() {
    return new Document("ok", 0.0)
        .append("errmsg", getMessageWithoutErrorCode())
        .append("code", getCode())
        .append("codeName", getCodeName());
  }
}

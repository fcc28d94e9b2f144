package org.benchmarkresults.storage.attachment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.Generation;

/**
 * The result that attachments belong to. Its key begins the {@code _id} of their documents, so that
 * they are found by a range of ids, which also the embedded database serves without a scan.
 *
 * @param origin the first life of the result
 */
record AttachmentOwner(Stage stage, String resultName, String origin) {
  private static final int DIGITS = 32;

  static AttachmentOwner of(Stage stage, String resultName, Generation lineage) {
    return new AttachmentOwner(stage, resultName, lineage.origin());
  }

  /** 128 bits of a digest: names may be longer than an index should hold. */
  String key() {
    String text = stage.path() + '\0' + origin + '\0' + resultName;
    return Digest.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
        .hex()
        .substring(0, DIGITS);
  }

  /** The {@code _id} of one of its attachments. */
  String id(String file) {
    return firstId() + file;
  }

  /** Before the ids of all its attachments. */
  String firstId() {
    return key() + "/";
  }

  /** Behind the ids of all its attachments: the character that follows the slash. */
  String endId() {
    return key() + "0";
  }
}

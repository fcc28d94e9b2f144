package org.benchmarkresults.storage.embedded.rows;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The checksum that stored bytes begin with. */
public final class Checksum {
  static final int LENGTH = Integer.BYTES;

  private Checksum() {}

  /** The bytes with their checksum before them. */
  public static byte[] before(byte[] bytes) {
    return set(ByteBuffer.allocate(LENGTH + bytes.length).position(LENGTH).put(bytes).array());
  }

  /** Sets the checksum of bytes that have room for it. */
  static byte[] set(byte[] bytes) {
    ByteBuffer.wrap(bytes).putInt(sum(bytes));
    return bytes;
  }

  static void check(byte[] bytes) {
    if (bytes.length < LENGTH || ByteBuffer.wrap(bytes).getInt() != sum(bytes)) {
      throw new MVStoreException(
          DataUtils.ERROR_FILE_CORRUPT, "a stored document is not as it was written");
    }
  }

  private static int sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes, LENGTH, bytes.length - LENGTH);
    return (int) sum.getValue();
  }
}

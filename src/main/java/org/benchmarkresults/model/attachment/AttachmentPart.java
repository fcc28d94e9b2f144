package org.benchmarkresults.model.attachment;

import java.nio.ByteBuffer;

/**
 * One chunk of an upload.
 *
 * @param number counted from 0
 * @param bytes as many as a chunk holds, fewer in the last one
 */
public record AttachmentPart(String upload, int number, ByteBuffer bytes) {
  /** The size of all chunks but the last. A message of one chunk fits into one frame. */
  public static final int BYTES = 255 << 10;
}

package org.benchmarkresults.service;

import com.github.luben.zstd.Zstd;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** How a body is sent. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD;

  public Buffer of(Buffer body) {
    return switch (this) {
      case NONE -> body;
      case GZIP -> gzip(body);
      case ZSTD -> Buffer.buffer(Zstd.compress(body.getBytes()));
    };
  }

  public String[] headers(String type) {
    return this == NONE
        ? new String[] {"Content-Type", type}
        : new String[] {"Content-Type", type, "Content-Encoding", name()};
  }

  public static Buffer gzip(Buffer body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}

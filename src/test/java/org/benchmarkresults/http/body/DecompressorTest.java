package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid compressed bodies, in pieces of any size. */
class DecompressorTest {
  private static final byte[] TEXT = text(300_000);

  /** Text that compresses well. */
  private static byte[] text(int length) {
    Random random = new Random(20260421);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(1 + i % 7));
    }
    return text;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] compressed(Encoding encoding, byte[] bytes) {
    return switch (encoding) {
      case IDENTITY -> bytes;
      case GZIP -> gzip(bytes);
      case ZSTD -> Zstd.compress(bytes);
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] inflated(Encoding encoding, byte[] compressed, int pieceBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] into = new byte[64 << 10];
    try (Decompressor inflating = encoding.decompressor()) {
      for (int at = 0; at < compressed.length; at += pieceBytes) {
        int end = Math.min(compressed.length, at + pieceBytes);
        inflating.feed(Arrays.copyOfRange(compressed, at, end));
        for (int n = inflating.decompress(into); n > 0; n = inflating.decompress(into)) {
          out.write(into, 0, n);
        }
      }
      inflating.requireEnd();
    }
    return out.toByteArray();
  }

  private static String refusal(Encoding encoding, byte[] compressed) {
    Problem problem =
        assertThrows(ProblemException.class, () -> inflated(encoding, compressed, 1000)).problem();
    assertEquals("broken-encoding", problem.kind());
    assertEquals(400, problem.status());
    return problem.detail();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 1 << 20})
  void roundTripInPiecesOfAnySize(int pieceBytes) {
    assertArrayEquals(TEXT, inflated(Encoding.GZIP, gzip(TEXT), pieceBytes));
    assertArrayEquals(TEXT, inflated(Encoding.ZSTD, Zstd.compress(TEXT), pieceBytes));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void emptyBody(Encoding encoding) {
    assertEquals(0, inflated(encoding, compressed(encoding, new byte[0]), 3).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 20})
  void concatenatedMembersAreOneBody(int pieceBytes) {
    for (Encoding encoding : new Encoding[] {Encoding.GZIP, Encoding.ZSTD}) {
      byte[] both =
          joined(
              compressed(encoding, TEXT),
              joined(compressed(encoding, new byte[0]), compressed(encoding, TEXT)));

      assertArrayEquals(joined(TEXT, TEXT), inflated(encoding, both, pieceBytes));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void truncatedBodyIsRefused(Encoding encoding) {
    byte[] whole = compressed(encoding, text(2_000));
    for (int length = 0; length < whole.length; length++) {
      assertTrue(refusal(encoding, Arrays.copyOf(whole, length)).contains("is incomplete"));
    }
  }

  @Test
  void corruptedByteIsDetected() {
    byte[] whole = gzip(text(2_000));
    for (int i = 10; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 0x11;
      assertTrue(refusal(Encoding.GZIP, changed).startsWith("The body is not the gzip"));
    }
  }

  @Test
  void gzipHeaderWithAllFields() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] plain = gzip(TEXT);
    byte[] header = {
      0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 3, 0, 'x', 0, 'z', 'n', 0, 'c', 'c', 0
    };
    CRC32 check = new CRC32();
    check.update(header);
    out.writeBytes(header);
    out.write((int) check.getValue() & 0xff);
    out.write((int) (check.getValue() >> 8) & 0xff);
    out.write(plain, 10, plain.length - 10);

    assertArrayEquals(TEXT, inflated(Encoding.GZIP, out.toByteArray(), 1));

    byte[] wrong = out.toByteArray();
    wrong[header.length]++;
    assertTrue(refusal(Encoding.GZIP, wrong).contains("header"));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void trailingBytesAreRefused(Encoding encoding) {
    String detail =
        refusal(encoding, joined(compressed(encoding, TEXT), new byte[] {'{', '}', 0, 0, 0}));

    assertTrue(detail.contains("is not"));
  }

  @Test
  void deflateStreamIsRefused() {
    Deflater deflater = new Deflater();
    deflater.setInput(TEXT);
    deflater.finish();
    byte[] out = new byte[TEXT.length];
    int length = deflater.deflate(out);
    deflater.end();

    assertTrue(refusal(Encoding.GZIP, Arrays.copyOf(out, length)).contains("gzip header"));
  }

  /** Clients must not choose the memory of the window. */
  @Test
  void largeZstdWindowIsRefused() {
    byte[] large = text(20 << 20);
    try (ZstdCompressCtx wide = new ZstdCompressCtx()) {
      wide.setLevel(3);
      wide.setLong(24);
      wide.setContentSize(false);

      assertTrue(refusal(Encoding.ZSTD, wide.compress(large)).contains("8 MiB"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void bombIsDecompressedInPieces(Encoding encoding) {
    byte[] bomb = compressed(encoding, new byte[64 << 20]);
    byte[] into = new byte[64 << 10];
    try (Decompressor inflating = encoding.decompressor()) {
      inflating.feed(bomb);

      long all = 0;
      for (int n = inflating.decompress(into); n > 0; n = inflating.decompress(into)) {
        assertTrue(n <= into.length);
        all += n;
      }

      assertEquals(64 << 20, all);
      inflating.requireEnd();
    }
  }
}

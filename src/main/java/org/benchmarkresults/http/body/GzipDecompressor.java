package org.benchmarkresults.http.body;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/** The gzip format (RFC 1952): one or more members, with checksum and length verified. */
final class GzipDecompressor implements Decompressor {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;

  private static final int HAS_HEADER_CHECK = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** The parts of a member, in order. */
  private enum Part {
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CHECK,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 headerCheck = new CRC32();
  private final CRC32 dataCheck = new CRC32();
  private byte[] input = {};
  private int at;
  private Part part = Part.HEADER;
  private int partLength;

  /** The last 8 bytes of a part, little-endian. */
  private long latest;

  private int flags;
  private int extraLeft;
  private long dataLength;
  private boolean isAnyMemberDone;

  @Override
  public void feed(byte[] compressed) {
    input = compressed;
    at = 0;
    if (part == Part.DATA) {
      inflater.setInput(compressed);
    }
  }

  @Override
  public int decompress(byte[] into) {
    try {
      while (true) {
        if (part == Part.DATA) {
          int length = data(into);
          if (length > 0 || part == Part.DATA) {
            return length;
          }
        } else if (at == input.length) {
          return 0;
        } else {
          framing(input[at++] & 0xff);
        }
      }
    } catch (DataFormatException e) {
      throw invalid("the compressed data is invalid");
    }
  }

  private int data(byte[] into) throws DataFormatException {
    int length = inflater.inflate(into);
    at = input.length - inflater.getRemaining();
    dataCheck.update(into, 0, length);
    dataLength += length;
    if (inflater.needsDictionary()) {
      throw invalid("it requires a dictionary");
    }
    if (length == 0 && inflater.finished()) {
      begin(Part.TRAILER);
    }
    return length;
  }

  private void begin(Part next) {
    part = next;
    partLength = 0;
    latest = 0;
    if (next == Part.DATA) {
      inflater.reset();
      dataCheck.reset();
      dataLength = 0;
      inflater.setInput(input, at, input.length - at);
    }
  }

  private void framing(int octet) {
    if (part != Part.TRAILER && part != Part.HEADER_CHECK) {
      headerCheck.update(octet);
    }
    latest |= (long) octet << (8 * (partLength % 8));
    partLength++;
    switch (part) {
      case HEADER -> header(octet);
      case EXTRA_LENGTH -> {
        if (partLength == 2) {
          extraLeft = (int) latest;
          begin(extraLeft == 0 ? after(Part.EXTRA) : Part.EXTRA);
        }
      }
      case EXTRA -> {
        if (--extraLeft == 0) {
          begin(after(Part.EXTRA));
        }
      }
      case NAME, COMMENT -> {
        if (octet == 0) {
          begin(after(part));
        }
      }
      case HEADER_CHECK -> {
        if (partLength == 2) {
          require(latest == (headerCheck.getValue() & 0xffff), "its header checksum is wrong");
          begin(Part.DATA);
        }
      }
      case TRAILER -> trailer();
      case DATA -> throw new IllegalStateException("data is not framing");
    }
  }

  private void header(int octet) {
    switch (partLength) {
      case 1 -> require(octet == 0x1f, "it does not start with a gzip header");
      case 2 -> require(octet == 0x8b, "it does not start with a gzip header");
      case 3 -> require(octet == 8, "its compression method is unknown");
      case 4 -> {
        require((octet & RESERVED) == 0, "its header has unknown flags");
        flags = octet;
      }
      case HEADER_BYTES -> begin((flags & HAS_EXTRA) != 0 ? Part.EXTRA_LENGTH : after(Part.EXTRA));
      default -> {}
    }
  }

  private Part after(Part done) {
    if (done.compareTo(Part.NAME) < 0 && (flags & HAS_NAME) != 0) {
      return Part.NAME;
    }
    if (done.compareTo(Part.COMMENT) < 0 && (flags & HAS_COMMENT) != 0) {
      return Part.COMMENT;
    }
    return (flags & HAS_HEADER_CHECK) != 0 ? Part.HEADER_CHECK : Part.DATA;
  }

  private void trailer() {
    if (partLength < TRAILER_BYTES) {
      return;
    }
    require((latest & 0xffffffffL) == dataCheck.getValue(), "its checksum is wrong");
    require(latest >>> 32 == (dataLength & 0xffffffffL), "its length is wrong");
    isAnyMemberDone = true;
    headerCheck.reset();
    begin(Part.HEADER);
  }

  @Override
  public void requireEnd() {
    require(isAnyMemberDone && part == Part.HEADER && partLength == 0, "it is incomplete");
  }

  @Override
  public void close() {
    inflater.end();
  }

  private static void require(boolean isValid, String fault) {
    if (!isValid) {
      throw invalid(fault);
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.brokenEncoding("gzip", detail));
  }
}

package org.benchmarkresults.http.body;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * The gzip format (RFC 1952), one member or several one after the other, each checked by its
 * checksum and length.
 */
final class GzipDecompressor implements Decompressor {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;

  private static final int HAS_HEADER_CHECK = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** The parts of a member in their order. */
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
  private final CRC32 check = new CRC32();
  private byte[] input = {};
  private int at;
  private Part part = Part.HEADER;
  private int seenOfPart;

  /** The latest bytes of a part of known length, the first of them lowest. */
  private long latest;

  private int flags;
  private int extraLeft;
  private long inflatedLength;
  private boolean isAnyMemberWhole;

  @Override
  public void feed(byte[] compressed) {
    input = compressed;
    at = 0;
    if (part == Part.DATA) {
      inflater.setInput(compressed);
    }
  }

  @Override
  public int inflate(byte[] into) {
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
      throw broken("the compressed data is broken");
    }
  }

  private int data(byte[] into) throws DataFormatException {
    int length = inflater.inflate(into);
    at = input.length - inflater.getRemaining();
    check.update(into, 0, length);
    inflatedLength += length;
    if (inflater.needsDictionary()) {
      throw broken("it needs a dictionary");
    }
    if (length == 0 && inflater.finished()) {
      begin(Part.TRAILER);
    }
    return length;
  }

  private void begin(Part next) {
    part = next;
    seenOfPart = 0;
    latest = 0;
    if (next == Part.DATA) {
      inflater.reset();
      check.reset();
      inflatedLength = 0;
      inflater.setInput(input, at, input.length - at);
    }
  }

  private void framing(int unit) {
    if (part != Part.TRAILER && part != Part.HEADER_CHECK) {
      headerCheck.update(unit);
    }
    latest |= (long) unit << (8 * (seenOfPart % 8));
    seenOfPart++;
    switch (part) {
      case HEADER -> header(unit);
      case EXTRA_LENGTH -> {
        if (seenOfPart == 2) {
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
        if (unit == 0) {
          begin(after(part));
        }
      }
      case HEADER_CHECK -> {
        if (seenOfPart == 2) {
          require(latest == (headerCheck.getValue() & 0xffff), "its header is broken");
          begin(Part.DATA);
        }
      }
      case TRAILER -> trailer();
      case DATA -> throw new IllegalStateException("data is no framing");
    }
  }

  private void header(int unit) {
    switch (seenOfPart) {
      case 1 -> require(unit == 0x1f, "this is no gzip");
      case 2 -> require(unit == 0x8b, "this is no gzip");
      case 3 -> require(unit == 8, "its method of compression is not known");
      case 4 -> {
        require((unit & RESERVED) == 0, "its header has unknown flags");
        flags = unit;
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
    if (seenOfPart < TRAILER_BYTES) {
      return;
    }
    require((latest & 0xffffffffL) == check.getValue(), "its checksum does not fit");
    require(latest >>> 32 == (inflatedLength & 0xffffffffL), "its length does not fit");
    isAnyMemberWhole = true;
    headerCheck.reset();
    begin(Part.HEADER);
  }

  @Override
  public void requireEnd() {
    require(isAnyMemberWhole && part == Part.HEADER && seenOfPart == 0, "it ends in the middle");
  }

  @Override
  public void close() {
    inflater.end();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw broken(otherwise);
    }
  }

  private static ProblemException broken(String detail) {
    return new ProblemException(Problem.brokenEncoding("gzip", detail));
  }
}

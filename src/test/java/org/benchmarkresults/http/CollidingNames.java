package org.benchmarkresults.http;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of members that share hash codes, as a sender would make them to keep a processor busy. */
public final class CollidingNames {
  private CollidingNames() {}

  /** Names of one {@link String#hashCode}: two to the power of the given number of bits. */
  public static List<String> ofStrings(int bits) {
    List<String> names = List.of("");
    for (int i = 0; i < bits; i++) {
      List<String> longer = new ArrayList<>();
      for (String name : names) {
        longer.add(name + "Aa");
        longer.add(name + "BB");
      }
      names = longer;
    }
    return names;
  }

  /** Names of eight bytes that have one hash in Jackson's table of names, whatever its seed is. */
  public static List<String> ofQuads(int most) {
    int ofThirtyThree = BigInteger.valueOf(33).modInverse(BigInteger.ONE.shiftLeft(32)).intValue();
    List<String> names = new ArrayList<>();
    for (int i = 0; names.size() < most; i++) {
      int first =
          0x30303030 + (i % 64) + (i / 64 % 64 << 8) + (i / 4096 % 64 << 16) + (i / 262_144 << 24);
      int second = (0x12345678 - (first ^ first >>> 15)) * ofThirtyThree;
      String name =
          new String(
              ByteBuffer.allocate(8).putInt(first).putInt(second).array(),
              StandardCharsets.ISO_8859_1);
      if (name.chars()
          .allMatch(unit -> unit > 0x20 && unit < 0x7f && unit != '"' && unit != '\\')) {
        names.add(name);
      }
    }
    return names;
  }
}

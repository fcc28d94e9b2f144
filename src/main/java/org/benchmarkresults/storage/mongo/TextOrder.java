package org.benchmarkresults.storage.mongo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of texts in MongoDB: by UTF-8 bytes, which equals the order of code points. */
public final class TextOrder {
  public static final Comparator<String> BY_CODE_POINTS =
      (left, right) -> Arrays.compareUnsigned(bytes(left), bytes(right));

  private TextOrder() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes as people write them. */
class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1000, 1000",
    "7B, 7",
    "3KiB, 3072",
    "64MiB, 67108864",
    "' 2 GiB ', 2147483648",
    "999999999GiB, 1073741822926258176",
  })
  void aSizeIsReadInItsUnit(String text, long bytes) {
    ByteSize size = ByteSize.parse(text);

    assertEquals(bytes, size.bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1B",
    "1023, 1023B",
    "1024, 1KiB",
    "1536, 1536B",
    "67108864, 64MiB",
    "2147483648, 2GiB",
    "1099511627776, 1024GiB"
  })
  void aSizeIsWrittenInItsLargestWholeUnit(long bytes, String text) {
    ByteSize size = new ByteSize(bytes);

    assertEquals(text, size.toString());
  }
}

package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event loops follow the processors, and no further than the heap goes. */
class EventLoopsTest {
  @ParameterizedTest
  @CsvSource({
    "8000,  1,  198, 1",
    "8000,  2,  198, 2",
    "8000, 64,   64, 2",
    "8000, 64,  198, 3",
    "8000, 64,  396, 6",
    "8000, 64, 8192, 16",
    "8000,  4, 8192, 4",
    "   0, 64, 8192, 1"
  })
  void instancesAreBounded(int port, int processors, long heapMiB, int expected) {
    EventLoops loops = EventLoops.of(port, processors, heapMiB << 20);

    assertEquals(expected, loops.instances());
  }
}

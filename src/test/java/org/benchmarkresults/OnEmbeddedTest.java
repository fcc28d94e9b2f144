package org.benchmarkresults;

import static org.benchmarkresults.backend.Backend.EMBEDDED;

import org.benchmarkresults.http.NothingLostSuite;
import org.junit.jupiter.api.Nested;

/** Every suite on the embedded database. */
class OnEmbeddedTest {
  @Nested
  class NothingLost extends NothingLostSuite {
    NothingLost() {
      super(EMBEDDED);
    }
  }
}

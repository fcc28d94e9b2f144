package org.benchmarkresults;

import static org.benchmarkresults.backend.Backend.MONGOD;

import org.benchmarkresults.http.NothingLostSuite;
import org.junit.jupiter.api.Nested;

/** Every suite on a real MongoDB. */
class OnMongodTest {
  @Nested
  class NothingLost extends NothingLostSuite {
    NothingLost() {
      super(MONGOD);
    }
  }
}

package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.MongoQueryException;
import com.mongodb.ServerAddress;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The failure of a query that names an index which is still being built. */
class MissingIndexTest {
  @ParameterizedTest
  @CsvSource({
    "planner returned error :: caused by :: hint provided does not correspond to an existing index, true",
    "unknown operator: $nonsense, false"
  })
  void isToBeTriedAgain(String message, boolean isPassing) {
    BsonDocument answer =
        BsonDocument.parse("{\"ok\": 0, \"code\": 2, \"errmsg\": \"" + message + "\"}");
    Throwable failure = new MongoQueryException(answer, new ServerAddress("127.0.0.1", 1));

    assertEquals(isPassing, MongoFailures.toUnavailable(failure) instanceof Unavailable);
  }
}

package org.benchmarkresults.backend;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/** Makes a mongod a replica set of one, by the driver: not every image holds a shell. */
final class ReplicaSet {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ReplicaSet() {}

  /**
   * @param direct URL of the mongod itself
   * @param member host and port by which it reaches itself
   */
  static void initiate(String direct, String member) {
    Document self = new Document("_id", 0).append("host", member);
    Document set = new Document("_id", "rs0").append("members", List.of(self));
    run(direct, new Document("replSetInitiate", set));
  }

  /** Waits until the mongod takes writes. */
  static void awaitPrimary(String direct) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!run(direct, new Document("hello", 1)).getBoolean("isWritablePrimary")) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(direct + " did not become primary");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static Document run(String url, Document command) {
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(url))
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .build();
    try (MongoClient client = MongoClients.create(settings)) {
      return Driver.await(client.getDatabase("admin").runCommand(command)).getFirst();
    }
  }
}

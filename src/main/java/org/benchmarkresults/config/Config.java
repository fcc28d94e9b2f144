package org.benchmarkresults.config;

import java.time.Duration;
import java.util.List;

/**
 * Every setting of the service, typed and checked. The name in {@code conf/config.yaml} is the path
 * of the component in snake case ({@code http.body_limit}), the name in the environment is that path
 * in capitals ({@code HTTP_BODY_LIMIT}).
 */
public record Config(Http http, Mongo mongo, Health health) {

  /**
   * The public HTTP server.
   *
   * @param host address to listen on; the loopback address unless told otherwise, because the
   *     service asks nobody who they are
   * @param port port to listen on; 0 takes a free one
   * @param instances event loops that serve HTTP; 0 is one for each processor
   * @param bodyLimit largest request body
   * @param depthLimit deepest nesting of a request body
   * @param uploadBudget bytes of request bodies held in memory at once, at most two fifths of the
   *     heap; beyond it the server stops reading from sockets
   * @param listCache bytes of list rows kept ready to be sent, at most a sixteenth of the heap
   * @param idleTimeout a connection that neither sends nor takes anything for so long is closed
   * @param shutdownGrace how long requests under way may take to finish when the service stops
   * @param corsOrigins origins whose pages may call the service; {@code *} for all
   */
  public record Http(
      @Default("127.0.0.1") String host,
      @Default("8000") int port,
      @Default("0") int instances,
      @Default("64MiB") ByteSize bodyLimit,
      @Default("512") int depthLimit,
      @Default("128MiB") ByteSize uploadBudget,
      @Default("32MiB") ByteSize listCache,
      @Default("60s") Duration idleTimeout,
      @Default("10s") Duration shutdownGrace,
      @Default("*") List<String> corsOrigins) {
    public Http {
      require(!host.isBlank(), "http.host is empty");
      require(port >= 0 && port <= 65535, "http.port must be 0 to 65535, is " + port);
      require(instances >= 0 && instances <= 256, "http.instances must be 0 to 256, is " + instances);
      require(
          depthLimit >= 1 && depthLimit <= 100_000,
          "http.depth_limit must be 1 to 100000, is " + depthLimit);
      require(
          bodyLimit.bytes() <= 1L << 30, "http.body_limit must be at most 1GiB, is " + bodyLimit);
      require(
          uploadBudget.bytes() >= bodyLimit.bytes(),
          "http.upload_budget (" + uploadBudget + ") must hold one body of http.body_limit ("
              + bodyLimit + ")");
      require(!idleTimeout.isZero(), "http.idle_timeout must be longer than 0s");
      corsOrigins = List.copyOf(corsOrigins);
    }
  }

  /**
   * The database.
   *
   * @param url MongoDB connection string, credentials included; empty for the embedded database
   * @param database name of the database, unless the connection string names one
   * @param rawInputCollection where raw inputs are kept
   * @param standardizedOutputCollection where standardized outputs are kept
   * @param operationTimeout the longest that one database operation may take
   * @param serverSelectionTimeout how long an operation waits for a server to be there
   * @param embeddedFolder where the embedded database keeps its data
   */
  public record Mongo(
      @Secret @Default("") String url,
      @Default("benchmark_results") String database,
      @Default("raw_input") String rawInputCollection,
      @Default("standardized_output") String standardizedOutputCollection,
      @Default("10s") Duration operationTimeout,
      @Default("2s") Duration serverSelectionTimeout,
      @Default("data") String embeddedFolder) {
    public Mongo {
      require(
          url.isEmpty() || url.startsWith("mongodb://") || url.startsWith("mongodb+srv://"),
          "mongo.url must begin with mongodb:// or mongodb+srv://");
      require(!database.isBlank(), "mongo.database is empty");
      require(!rawInputCollection.isBlank(), "mongo.raw_input_collection is empty");
      require(!standardizedOutputCollection.isBlank(), "mongo.standardized_output_collection is empty");
      require(
          !rawInputCollection.equals(standardizedOutputCollection),
          "mongo.raw_input_collection and mongo.standardized_output_collection are both "
              + rawInputCollection);
      require(!operationTimeout.isZero(), "mongo.operation_timeout must be longer than 0s");
      require(!serverSelectionTimeout.isZero(), "mongo.server_selection_timeout must be longer than 0s");
      require(!embeddedFolder.isBlank(), "mongo.embedded_folder is empty");
    }

    /** Whether the database runs inside this process. */
    public boolean embedded() {
      return url.isEmpty();
    }
  }

  /**
   * Watching the database.
   *
   * @param interval time from one check of the database to the next
   * @param timeout a check without an answer for so long is a failed one
   */
  public record Health(@Default("1s") Duration interval, @Default("800ms") Duration timeout) {
    public Health {
      require(!interval.isZero(), "health.interval must be longer than 0s");
      require(!timeout.isZero(), "health.timeout must be longer than 0s");
    }
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}

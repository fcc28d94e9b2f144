package org.benchmarkresults.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every setting of the service, typed and checked. The name in {@code conf/config.yaml} is the path
 * of the component in snake case ({@code http.body_limit}), the name in the environment is that
 * path in capitals ({@code HTTP_BODY_LIMIT}).
 *
 * @param roles what this node does: {@code http}, {@code storage}, {@code health}
 */
public record Config(
    @Default("http,storage,health") List<String> roles,
    Http http,
    Mongo mongo,
    Health health,
    Retention retention,
    Cluster cluster,
    Management management,
    SecuritySettings security,
    EventSettings events,
    LimitSettings limits,
    TracingSettings tracing) {
  private static final long MOST_BODY = 1L << 30;
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s?#]+");

  public static final String HTTP_ROLE = "http";
  public static final String STORAGE_ROLE = "storage";
  public static final String HEALTH_ROLE = "health";
  private static final List<String> READ_PREFERENCES =
      List.of("primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest");
  private static final Set<String> ROLES = Set.of(HTTP_ROLE, STORAGE_ROLE, HEALTH_ROLE);

  public Config {
    roles = roles.stream().distinct().toList();
    new Requirements()
        .that(
            !roles.isEmpty() && ROLES.containsAll(roles),
            "roles must be some of http, storage and health, are "
                + String.join(", ", roles)
                + roles.stream()
                    .filter(role -> !ROLES.contains(role))
                    .findFirst()
                    .map(role -> NearestWord.suggestion(role, ROLES))
                    .orElse(""))
        .that(
            cluster.enabled() || roles.containsAll(ROLES),
            "roles can be split only where cluster.enabled is true")
        .that(
            !cluster.enabled() || !roles.contains(STORAGE_ROLE) || !mongo.embedded(),
            "cluster.enabled needs mongo.url: an embedded database cannot be shared by nodes")
        .without(Ports.faults(roles.contains(HTTP_ROLE) ? http : null, management, cluster))
        .orFail();
  }

  /** Whether this node plays the role. */
  public boolean plays(String role) {
    return roles.contains(role);
  }

  /**
   * The public HTTP server.
   *
   * @param host address to listen on; the loopback address unless told otherwise, because the
   *     service asks nobody who they are by default
   * @param port port to listen on; 0 takes a free one
   * @param instances event loops that serve HTTP; 0 is one for each processor, but one for 64 MiB
   *     of heap (at least 2) and 16 at the most
   * @param bodyLimit largest request body
   * @param depthLimit deepest nesting of a request body
   * @param uploadBudget bytes of request bodies held in memory at once, at most two fifths of the
   *     heap; beyond it the server stops reading from sockets
   * @param listCache bytes of list rows kept ready to be sent, at most a sixteenth of the heap
   * @param idleTimeout how long the other side may be silent when it is its turn: between two
   *     requests, in the middle of a body, in the middle of reading an answer
   * @param slowestUpload bytes a second that a body must come with once it has taken {@code
   *     idleTimeout}; bodies of lines may be as slow as their sender is
   * @param shutdownGrace how long requests under way may take to finish when the service stops
   * @param corsOrigins origins whose pages may do everything; {@code *} lets pages of all others
   *     read
   * @param tlsCertificate PEM file of the certificate and those above it; empty for no TLS
   * @param tlsKey PEM file of its key
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
      @Default("16KiB") ByteSize slowestUpload,
      @Default("10s") Duration shutdownGrace,
      @Default("*") List<String> corsOrigins,
      @Default("") String tlsCertificate,
      @Default("") String tlsKey) {
    public Http {
      new Requirements()
          .that(
              tlsCertificate.isEmpty() == tlsKey.isEmpty(),
              "http.tls_certificate and http.tls_key need each other")
          .that(!host.isBlank(), "http.host is empty")
          .that(port >= 0 && port <= 65535, "http.port must be 0 to 65535, is " + port)
          .that(
              instances >= 0 && instances <= 256,
              "http.instances must be 0 to 256, is " + instances)
          .that(
              depthLimit >= 1 && depthLimit <= 100_000,
              "http.depth_limit must be 1 to 100000, is " + depthLimit)
          .that(
              bodyLimit.bytes() <= MOST_BODY,
              "http.body_limit must be at most 1GiB, is " + bodyLimit)
          .that(
              uploadBudget.bytes() >= bodyLimit.bytes() || bodyLimit.bytes() > MOST_BODY,
              "http.upload_budget ("
                  + uploadBudget
                  + ") must hold one body of http.body_limit ("
                  + bodyLimit
                  + ")")
          .that(!idleTimeout.isZero(), "http.idle_timeout must be longer than 0s")
          .that(idleTimeout.toDays() <= 1, "http.idle_timeout must be at most 1d")
          .that(
              corsOrigins.stream().allMatch(ORIGIN.asMatchPredicate()),
              "http.cors_origins must be * or origins such as https://dashboard.example, are "
                  + String.join(", ", corsOrigins))
          .orFail();
      corsOrigins = List.copyOf(corsOrigins);
    }

    /** Whether it speaks TLS. */
    public boolean isEncrypted() {
      return !tlsCertificate.isEmpty();
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
   * @param readPreference where lists, searches and reads by name go, unless the connection string
   *     says it; what a save looks at comes from the primary always
   * @param serverSelectionTimeout how long an operation waits for a server to be there
   * @param saveTimeout how long a save is repeated while the database is away, before it is
   *     answered 503; zero for not at all
   * @param embeddedFolder where the embedded database keeps its data
   */
  public record Mongo(
      @Default("") Secret url,
      @Default("benchmark_results") String database,
      @Default("raw_input") String rawInputCollection,
      @Default("standardized_output") String standardizedOutputCollection,
      @Default("10s") Duration operationTimeout,
      @Default("2s") Duration serverSelectionTimeout,
      @Default("60s") Duration saveTimeout,
      @Default("primary") String readPreference,
      @Default("data") String embeddedFolder) {
    /** With the operations that follow, a save ends before those who asked for it give up. */
    private static final Duration LONGEST_SAVE_TIMEOUT = Duration.ofSeconds(90);

    public Mongo {
      new Requirements()
          .that(
              url.isEmpty() || url.value().matches("mongodb(\\+srv)?://.*"),
              "mongo.url must begin with mongodb:// or mongodb+srv://")
          .that(!database.isBlank(), "mongo.database is empty")
          .that(!rawInputCollection.isBlank(), "mongo.raw_input_collection is empty")
          .that(
              !standardizedOutputCollection.isBlank(),
              "mongo.standardized_output_collection is empty")
          .that(
              !rawInputCollection.equals(standardizedOutputCollection),
              "mongo.raw_input_collection and mongo.standardized_output_collection are both "
                  + rawInputCollection)
          .without(
              DatabaseNames.fault(database).map("mongo.database is "::concat).stream().toList())
          .without(
              rawInputCollection.equals(standardizedOutputCollection)
                  ? List.of()
                  : DatabaseNames.faults(rawInputCollection, standardizedOutputCollection))
          .that(!operationTimeout.isZero(), "mongo.operation_timeout must be longer than 0s")
          .that(
              !serverSelectionTimeout.isZero(),
              "mongo.server_selection_timeout must be longer than 0s")
          .that(
              saveTimeout.compareTo(LONGEST_SAVE_TIMEOUT) <= 0,
              "mongo.save_timeout must be at most 90s")
          .that(
              READ_PREFERENCES.contains(readPreference),
              "mongo.read_preference must be one of "
                  + String.join(", ", READ_PREFERENCES)
                  + ", is "
                  + readPreference
                  + NearestWord.suggestion(readPreference, READ_PREFERENCES))
          .that(!embeddedFolder.isBlank(), "mongo.embedded_folder is empty")
          .orFail();
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
      new Requirements()
          .that(!interval.isZero(), "health.interval must be longer than 0s")
          .that(!timeout.isZero(), "health.timeout must be longer than 0s")
          .orFail();
    }
  }

  /**
   * How long results are kept.
   *
   * @param rules what is deleted by itself, each as {@code stage/benchmark=age}, such as {@code
   *     raw_input/*=365d}; empty for nothing. {@link RetentionRule} tells how they are read
   * @param deletedFor how long a deleted result can be restored, before it is removed for good;
   *     zero for ever
   * @param interval time from one run to the next
   * @param auditFor how long entries of the audit trail are kept; zero for ever
   */
  public record Retention(
      @Default("") List<String> rules,
      @Default("30d") Duration deletedFor,
      @Default("1h") Duration interval,
      @Default("400d") Duration auditFor) {
    /** Longer than any request takes: nobody is still at work on what is removed for good. */
    private static final Duration LEAST_DELETED_FOR = Duration.ofHours(1);

    public Retention {
      new Requirements()
          .that(
              deletedFor.isZero() || deletedFor.compareTo(LEAST_DELETED_FOR) >= 0,
              "retention.deleted_for must be 1h or longer, or 0s for ever")
          .that(deletedFor.toDays() <= 36_500, "retention.deleted_for must be at most 36500d")
          .that(!interval.isZero(), "retention.interval must be longer than 0s")
          .that(interval.toDays() <= 365, "retention.interval must be at most 365d")
          .that(
              auditFor.isZero() || auditFor.compareTo(LEAST_DELETED_FOR) >= 0,
              "retention.audit_for must be 1h or longer, or 0s for ever")
          .that(auditFor.toDays() <= 36_500, "retention.audit_for must be at most 36500d")
          .without(RetentionRule.faults(rules))
          .orFail();
      rules = List.copyOf(rules);
    }

    /** The rules, understood. */
    public List<RetentionRule> understood() {
      return rules.stream().map(RetentionRule::parse).toList();
    }
  }

  /**
   * A port for whoever runs the service: probes and metrics, whatever the roles are.
   *
   * @param host address to listen on
   * @param port port to listen on; 0 for none, and then the public one serves metrics
   */
  public record Management(@Default("127.0.0.1") String host, @Default("0") int port) {
    public Management {
      new Requirements()
          .that(!host.isBlank(), "management.host is empty")
          .that(port >= 0 && port <= 65535, "management.port must be 0 to 65535, is " + port)
          .orFail();
    }
  }

  /**
   * The nodes that share the bus. The database alone holds what is stored: a cluster makes a node's
   * roles available to the others, and events known to all.
   *
   * @param enabled whether there are other nodes
   * @param name of the cluster; nodes of other names are no part of it
   * @param host address of this node for the others, in Kubernetes that of the pod
   * @param port where it listens for the cluster's own traffic
   * @param busPort where it listens for messages
   * @param members addresses of nodes, this one may be among them; each may have {@code :port}
   * @param serviceDns name of a headless service that resolves to the nodes, in place of members
   */
  public record Cluster(
      @Default("false") boolean enabled,
      @Default("benchmark-results") String name,
      @Default("127.0.0.1") String host,
      @Default("5701") int port,
      @Default("5702") int busPort,
      @Default("") List<String> members,
      @Default("") String serviceDns) {
    public Cluster {
      new Requirements()
          .that(!name.isBlank(), "cluster.name is empty")
          .that(!host.isBlank(), "cluster.host is empty")
          .that(port >= 1 && port <= 65535, "cluster.port must be 1 to 65535, is " + port)
          .that(
              busPort >= 1 && busPort <= 65535,
              "cluster.bus_port must be 1 to 65535, is " + busPort)
          .that(port != busPort, "cluster.port and cluster.bus_port are both " + port)
          .that(
              !enabled || members.isEmpty() != serviceDns.isEmpty(),
              "cluster.enabled needs either cluster.members or cluster.service_dns")
          .orFail();
      members = List.copyOf(members);
    }
  }
}

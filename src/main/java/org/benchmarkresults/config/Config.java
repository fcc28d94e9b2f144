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
 * @param roles roles of this node: {@code http}, {@code storage}, {@code health}, {@code
 *     standardize}
 */
public record Config(
    @Default("http,storage,health,standardize") List<String> roles,
    Http http,
    Mongo mongo,
    Health health,
    Standardize standardize,
    Retention retention,
    LimitSettings.Attachments attachments,
    Cluster cluster,
    Management management,
    SecuritySettings security,
    Events events,
    LimitSettings limits,
    TracingSettings tracing) {
  private static final long MOST_BODY = 1L << 30;
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s?#]+");

  public static final String HTTP_ROLE = "http";
  public static final String STORAGE_ROLE = "storage";
  public static final String HEALTH_ROLE = "health";
  public static final String STANDARDIZE_ROLE = "standardize";

  /** A node without a cluster has all of these. */
  private static final Set<String> NEEDED_ALONE = Set.of(HTTP_ROLE, STORAGE_ROLE, HEALTH_ROLE);

  private static final Set<String> ROLES =
      Set.of(HTTP_ROLE, STORAGE_ROLE, HEALTH_ROLE, STANDARDIZE_ROLE);

  public Config {
    roles = roles.stream().distinct().toList();
    new Requirements()
        .that(
            !roles.isEmpty() && ROLES.containsAll(roles),
            "roles must be some of http, storage, health and standardize, are "
                + String.join(", ", roles)
                + roles.stream()
                    .filter(role -> !ROLES.contains(role))
                    .findFirst()
                    .map(role -> NearestWord.suggestion(role, ROLES))
                    .orElse(""))
        .that(
            cluster.enabled() || roles.containsAll(NEEDED_ALONE),
            "roles must contain http, storage and health unless cluster.enabled is true")
        .that(
            !cluster.enabled() || !roles.contains(STORAGE_ROLE) || !mongo.embedded(),
            "cluster.enabled needs mongo.url: an embedded database cannot be shared by nodes")
        .without(Ports.faults(roles.contains(HTTP_ROLE) ? http : null, management, cluster))
        .orFail();
  }

  /** Whether this node has the role. */
  public boolean plays(String role) {
    return roles.contains(role);
  }

  /**
   * The public HTTP server.
   *
   * @param host address to listen on; loopback by default, because authentication is off by default
   * @param port port to listen on; 0 takes a free one
   * @param bodyLimit largest request body
   * @param uploadBudget bytes of request bodies held in memory at once, at most two fifths of the
   *     heap; beyond it the server stops reading from sockets
   * @param idleTimeout how long a client may be silent when it is its turn: between two requests,
   *     within a body, while it reads a response
   * @param minUploadRate lowest average rate of a body, in bytes a second, once it took {@code
   *     idleTimeout}; bulk uploads have none
   * @param shutdownGrace how long requests under way may take to finish when the service stops
   * @param corsOrigins origins whose pages may read and write; {@code *} lets pages of all other
   *     origins read
   * @param tlsCertificate PEM file of the certificate and its chain; empty for no TLS
   * @param tlsKey PEM file of its key
   */
  public record Http(
      @Default("127.0.0.1") String host,
      @Default("8000") int port,
      @Default("64MiB") ByteSize bodyLimit,
      @Default("128MiB") ByteSize uploadBudget,
      @Default("60s") Duration idleTimeout,
      @Default(value = "16KiB", formerPath = "http.slowest_upload") ByteSize minUploadRate,
      @Default("10s") Duration shutdownGrace,
      @Default("*") List<String> corsOrigins,
      @Default("") String tlsCertificate,
      @Default("") String tlsKey) {
    public Http {
      new Requirements()
          .that(
              tlsCertificate.isEmpty() == tlsKey.isEmpty(),
              "http.tls_certificate and http.tls_key must be set together")
          .that(!host.isBlank(), "http.host is empty")
          .that(port >= 0 && port <= 65535, "http.port must be 0 to 65535, is " + port)
          .that(
              bodyLimit.bytes() <= MOST_BODY,
              "http.body_limit must be at most 1GiB, is " + bodyLimit)
          .that(
              uploadBudget.bytes() >= bodyLimit.bytes() || bodyLimit.bytes() > MOST_BODY,
              "http.upload_budget ("
                  + uploadBudget
                  + ") must be at least http.body_limit ("
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

    /** Whether the public port uses TLS. */
    public boolean isEncrypted() {
      return !tlsCertificate.isEmpty();
    }
  }

  /**
   * The database.
   *
   * @param url MongoDB connection string, credentials included; empty for the embedded database
   * @param database name of the database, unless the connection string names one
   * @param operationTimeout the longest that one database operation may take
   * @param saveTimeout how long a save is retried while the database is unavailable, before the
   *     response is 503; zero for no retry
   * @param embeddedFolder where the embedded database keeps its data
   */
  public record Mongo(
      @Default("") Secret url,
      @Default("benchmark_results") String database,
      @Default("10s") Duration operationTimeout,
      @Default("60s") Duration saveTimeout,
      @Default("data") String embeddedFolder) {
    /** With the operations that follow, a save ends before its client times out. */
    private static final Duration LONGEST_SAVE_TIMEOUT = Duration.ofSeconds(90);

    public Mongo {
      new Requirements()
          .that(
              url.isEmpty() || url.value().matches("mongodb(\\+srv)?://.*"),
              "mongo.url must begin with mongodb:// or mongodb+srv://")
          .that(!database.isBlank(), "mongo.database is empty")
          .without(
              DatabaseNames.fault(database).map("mongo.database is "::concat).stream().toList())
          .that(!operationTimeout.isZero(), "mongo.operation_timeout must be longer than 0s")
          .that(
              saveTimeout.compareTo(LONGEST_SAVE_TIMEOUT) <= 0,
              "mongo.save_timeout must be at most 90s")
          .that(!embeddedFolder.isBlank(), "mongo.embedded_folder is empty")
          .orFail();
    }

    /** Whether the database runs inside this process. */
    public boolean embedded() {
      return url.isEmpty();
    }
  }

  /**
   * Health checks.
   *
   * @param interval time from one check of the database to the next
   */
  public record Health(@Default("1s") Duration interval) {
    public Health {
      new Requirements()
          .that(!interval.isZero(), "health.interval must be longer than 0s")
          .orFail();
    }
  }

  /**
   * Deriving observations from results.
   *
   * @param adaptersFolder folder of a team's own declarations of formats, files {@code *.yaml};
   *     empty for none
   * @param metricsFile file of a team's own entries of the dictionary of metrics; empty for none
   */
  public record Standardize(@Default("") String adaptersFolder, @Default("") String metricsFile) {}

  /**
   * How long results are kept.
   *
   * @param rules which results are deleted by age, each as {@code stage/benchmark=age}, such as
   *     {@code raw_input/*=365d}; empty for none ({@link RetentionRule} has the syntax)
   * @param restoreWindow how long a deleted result can be restored before it is purged; zero for
   *     ever
   * @param interval time from one run to the next
   * @param auditLog how long entries of the audit log are kept; zero for ever
   */
  public record Retention(
      @Default("") List<String> rules,
      @Default(value = "30d", formerPath = "retention.deleted_for") Duration restoreWindow,
      @Default("1h") Duration interval,
      @Default(value = "400d", formerPath = "retention.audit_for") Duration auditLog) {
    /** Longer than any request, so that no request still works on what is purged. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    public Retention {
      new Requirements()
          .that(
              restoreWindow.isZero() || restoreWindow.compareTo(SHORTEST) >= 0,
              "retention.restore_window must be 1h or longer, or 0s for ever")
          .that(restoreWindow.toDays() <= 36_500, "retention.restore_window must be at most 36500d")
          .that(!interval.isZero(), "retention.interval must be longer than 0s")
          .that(interval.toDays() <= 365, "retention.interval must be at most 365d")
          .that(
              auditLog.isZero() || auditLog.compareTo(SHORTEST) >= 0,
              "retention.audit_log must be 1h or longer, or 0s for ever")
          .that(auditLog.toDays() <= 36_500, "retention.audit_log must be at most 36500d")
          .without(RetentionRule.faults(rules))
          .orFail();
      rules = List.copyOf(rules);
    }

    /** The rules, parsed. */
    public List<RetentionRule> understood() {
      return rules.stream().map(RetentionRule::parse).toList();
    }
  }

  /**
   * The event stream.
   *
   * @param listeners most clients that read {@code /events} at one node
   */
  public record Events(@Default("1000") int listeners) {
    public Events {
      new Requirements()
          .that(
              listeners >= 0 && listeners <= 100_000,
              "events.listeners must be 0 to 100000, is " + listeners)
          .orFail();
    }
  }

  /**
   * A separate port for probes and metrics, on nodes of any role.
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
   * The cluster of nodes that share an event bus. A cluster distributes roles and events; results
   * are in the database alone.
   *
   * @param enabled whether there are other nodes
   * @param name of the cluster; nodes with other names cannot join it
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

package org.benchmarkresults.http;

import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.benchmarkresults.config.Config;

/**
 * A port and what is served there.
 *
 * @param isGuarded whether callers must say who they are, if the settings want it
 * @param served whether the operation of an id is; others are not found there
 * @param listens receives the port once the server listens
 */
public record HttpEndpoint(
    String host, int port, boolean isGuarded, Predicate<String> served, IntConsumer listens) {
  private static final String METRICS = "metrics";
  private static final Set<String> MANAGEMENT = Set.of(METRICS, "health", "liveness", "readiness");

  /** For everybody; meters only while they have no port of their own. */
  public static HttpEndpoint publicly(Config config, HttpShared shared) {
    boolean apart = config.management().port() > 0;
    return new HttpEndpoint(
        config.http().host(),
        config.http().port(),
        true,
        id -> !(apart && id.equals(METRICS)),
        shared::listensOn);
  }

  /** For whoever runs the service: probes and meters. */
  public static HttpEndpoint forManagement(Config.Management config) {
    return new HttpEndpoint(config.host(), config.port(), false, MANAGEMENT::contains, port -> {});
  }
}

package org.benchmarkresults.http;

import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.benchmarkresults.config.Config;

/**
 * A port and what is served there.
 *
 * @param served whether the operation of an id is; others are not found there
 * @param listens told the port that is listened on
 */
public record Listening(String host, int port, Predicate<String> served, IntConsumer listens) {
  private static final String METRICS = "metrics";
  private static final Set<String> MANAGEMENT =
      Set.of(METRICS, "health", "liveness", "readiness");

  /** For everybody; meters only while they have no port of their own. */
  public static Listening publicly(Config config, HttpShared shared) {
    boolean apart = config.management().port() > 0;
    return new Listening(
        config.http().host(),
        config.http().port(),
        id -> !(apart && id.equals(METRICS)),
        shared::listensOn);
  }

  /** For whoever runs the service: probes and meters. */
  public static Listening forManagement(Config.Management config) {
    return new Listening(config.host(), config.port(), MANAGEMENT::contains, port -> {});
  }
}

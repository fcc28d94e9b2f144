package org.benchmarkresults;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.config.Hosts;
import org.benchmarkresults.config.SecuritySettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node, and stops it on SIGTERM; with arguments, runs a command. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    List<String> words = Arrays.stream(arguments).filter(word -> !word.isBlank()).toList();
    if (!words.isEmpty()) {
      Commands.logToStandardError();
      int exitCode =
          Commands.of(environment, System.out, System.err).execute(words.toArray(String[]::new));
      flushLog();
      System.exit(exitCode);
    }
    try {
      run(ConfigLoader.load(environment));
    } catch (ConfigException e) {
      e.faults().forEach(fault -> LOG.error("configuration: {}", fault));
      // Without a known format there is no log to write faults to.
      e.faults().stream()
          .filter(fault -> fault.startsWith("LOG_FORMAT"))
          .forEach(System.err::println);
      exit();
    }
  }

  private static void run(Config config) {
    var unused =
        Server.start(config, Clock.systemUTC())
            .onSuccess(server -> started(server, config))
            .onFailure(
                failure -> {
                  LOG.atError().log("could not start: {}", reason(failure));
                  LOG.atDebug().setCause(failure).log("could not start");
                  exit();
                });
  }

  private static void started(Server server, Config config) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "benchmark-results-stop"));
    LOG.info(
        "benchmark-results {} runs as {}", server.version(), String.join(", ", config.roles()));
    if (config.plays(Config.STORAGE_ROLE)) {
      LOG.info("database: {}", database(config.mongo()));
    }
    if (config.plays(Config.HTTP_ROLE)) {
      listens(server, config);
    }
  }

  private static void listens(Server server, Config config) {
    String base =
        (config.http().isEncrypted() ? "https://" : "http://")
            + hostInUrl(config)
            + ":"
            + server.port();
    LOG.info("listens on {}, documentation: {}/docs", base, base);
    if (config.security().isOn()) {
      LOG.info("authentication: {}", recognised(config.security()));
    } else if (isOpenToAll(config.http())) {
      LOG.warn(
          "no authentication: anyone who reaches {} can read, store and delete results",
          config.http().host());
    } else {
      LOG.info("no authentication: listens on the loopback address alone");
    }
  }

  private static String recognised(SecuritySettings security) {
    String keys = security.keys() ? "API keys" : "";
    String both = security.keys() && security.acceptsJwts() ? " and " : "";
    String tokens = security.acceptsJwts() ? "JWTs of " + security.issuer() : "";
    return keys
        + both
        + tokens
        + (security.anonymousRead() ? "; reading without credentials is allowed" : "");
  }

  private static boolean isOpenToAll(Config.Http http) {
    return !Hosts.isLoopback(http.host());
  }

  private static String hostInUrl(Config config) {
    String host = config.http().host();
    boolean isBareIpv6 = host.contains(":") && !host.startsWith("[");
    return host.equals("0.0.0.0") ? "localhost" : isBareIpv6 ? "[" + host + "]" : host;
  }

  /** The URL without credentials, with the name of the database. */
  private static String database(Config.Mongo mongo) {
    if (mongo.embedded()) {
      return "embedded, data in "
          + Path.of(mongo.embeddedFolder()).toAbsolutePath()
          + "; MONGO_URL names a MongoDB";
    }
    String withoutUser = mongo.url().value().replaceFirst("//[^/]*@", "//");
    String servers = withoutUser.replaceFirst("\\?.*", "").replaceFirst("/$", "");
    boolean isNamed = servers.indexOf('/', servers.indexOf("//") + 2) > 0;
    return isNamed ? servers : servers + "/" + mongo.database();
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static void stop(Server server) {
    LOG.info("stopping");
    try {
      server
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(server.longestClose().toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().setCause(e).log("stopped before all was closed");
    } finally {
      flushLog();
    }
  }

  private static void exit() {
    flushLog();
    System.exit(1);
  }

  /** Writes the lines that are still queued. */
  private static void flushLog() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }
}

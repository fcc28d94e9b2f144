package org.benchmarkresults.backend;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a MongoDB for the tests, once for each process: the one {@code TEST_MONGO_URL} names, one
 * in Docker, one started from the binary that {@code MONGOD} names or that stands on the path.
 */
final class RealMongo {
  private static final String MISSING =
      "no MongoDB: set TEST_MONGO_URL or MONGOD, start Docker, or put mongod on the PATH";
  private static final Pattern URL =
      Pattern.compile("(mongodb(?:\\+srv)?://[^/?]+)(?:/([^?]*))?(?:\\?(.*))?");

  private static final Optional<String> FOUND =
      Optional.ofNullable(System.getenv("TEST_MONGO_URL"))
          .filter(url -> !url.isBlank())
          .map(RealMongo::withoutDatabase)
          .or(DockerMongo::start)
          .or(() -> binary().map(MongodProcess::start));

  private RealMongo() {}

  /** Its URL, naming no database; without one the test is skipped, and fails in CI. */
  static String urlOrSkip() {
    return FOUND.orElseGet(() -> isCi() ? fail(MISSING) : abort(MISSING));
  }

  private static boolean isCi() {
    String ci = System.getenv("CI");
    return ci != null && !ci.isEmpty() && !ci.equals("false");
  }

  /** The database in a URL is also where its user is looked up, unless it says otherwise. */
  static String withoutDatabase(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("TEST_MONGO_URL is no MongoDB connection string");
    }
    String servers = parts.group(1);
    String database = parts.group(2) == null ? "" : parts.group(2);
    String options = parts.group(3) == null ? "" : parts.group(3);
    boolean needsSource =
        servers.contains("@") && !database.isEmpty() && !options.contains("authSource=");
    String source = needsSource ? "authSource=" + database : "";
    String separator = source.isEmpty() || options.isEmpty() ? "" : "&";
    return servers + "/?" + options + separator + source;
  }

  private static Optional<Path> binary() {
    String named = System.getenv("MONGOD");
    if (named != null && !Files.isExecutable(Path.of(named))) {
      throw new IllegalStateException("MONGOD is " + named + ", which is not an executable file");
    }
    Stream<Path> onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "mongod"));
    return Stream.concat(Stream.ofNullable(named).map(Path::of), onPath)
        .filter(Files::isExecutable)
        .findFirst();
  }
}

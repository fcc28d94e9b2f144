package org.benchmarkresults.backend;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigLoader;

/** A database of one test's own. Closing it removes what is in it. */
public interface Database extends AutoCloseable {
  /** The environment of a service on this database. */
  Map<String, String> environment();

  @Override
  void close();

  /** Settings of a service on this database and a free port, overlaid by those given. */
  default Config config(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("HTTP_PORT", "0");
    environment.put("HTTP_SHUTDOWN_GRACE", "1s");
    environment.putAll(more);
    return ConfigLoader.load(Path.of("conf", "no-such-file.yaml"), environment);
  }

  /**
   * A connection string with one more option.
   *
   * @param option such as {@code serverSelectionTimeoutMS=500}
   */
  static String withOption(String url, String option) {
    String separator = url.contains("?") ? "&" : url.indexOf('/', 10) > 0 ? "?" : "/?";
    return url + separator + option;
  }
}

package org.benchmarkresults.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting of an earlier release that was removed. It is a warning for one release, so that an
 * existing deployment starts, or a fault where ignoring its value would make results disappear.
 *
 * @param path its former path in the file
 * @param advice what applies instead, a sentence
 * @param required the only value that does not stop the start; null for any value
 */
record RemovedSetting(String path, String advice, @Nullable String required) {
  static final List<RemovedSetting> ALL =
      List.of(
          ignored(
              "http.instances",
              "the number of event loops follows the processors and the heap;"
                  + " the JVM option -XX:ActiveProcessorCount limits the processors"),
          ignored("http.depth_limit", "bodies may be nested 512 levels deep"),
          ignored("http.list_cache", "the cache takes 32MiB, at most a sixteenth of the heap"),
          ignored(
              "mongo.server_selection_timeout",
              "set serverSelectionTimeoutMS and connectTimeoutMS in mongo.url (default 2000)"),
          ignored("mongo.read_preference", "set readPreference in mongo.url (default primary)"),
          collection("raw_input"),
          collection("standardized_output"),
          ignored("health.timeout", "a check of the database takes at most 800ms"),
          ignored(
              "events.heartbeat",
              "a comment is sent after a quarter of http.idle_timeout, at most 15s"),
          ignored("security.key_cache", "API keys are cached for 1s"));

  private static RemovedSetting ignored(String path, String advice) {
    return new RemovedSetting(path, advice, null);
  }

  private static RemovedSetting collection(String name) {
    return new RemovedSetting(
        "mongo." + name + "_collection",
        "the collection is "
            + name
            + "; rename yours and those that begin with its name (_versions, _deleted, _chunks)"
            + " with renameCollection",
        name);
  }

  static Optional<RemovedSetting> at(String path) {
    return ALL.stream().filter(setting -> setting.path.equals(path)).findFirst();
  }

  boolean isRefused(Object value) {
    return required != null && !required.equals(String.valueOf(value).strip());
  }

  /**
   * The sentence for the log.
   *
   * @param name where it was found: its path, or its name in the environment
   */
  String sentence(String name, Object value) {
    return isRefused(value)
        ? name + " was removed and cannot be " + value + ": " + advice
        : name + " was removed and has no effect: " + advice;
  }
}

package org.benchmarkresults.cli.push;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.cli.push.Pushed.Stored;
import org.jspecify.annotations.Nullable;

/** Tells from the preview of a file what storing it would give. */
final class PreviewReader {
  private static final String GENERIC = "generic";

  private PreviewReader() {}

  static Pushed read(Path file, JsonObject preview, PushOptions options) {
    String refusal = refusal(preview, options);
    if (refusal != null) {
      return Pushed.refused(file, refusal);
    }
    int results = ResultFiles.isLines(file) ? Math.max(1, array(preview, "runs").size()) : 1;
    long observations = array(preview, "observations").size();
    String tool = preview.getString("tool");
    // The observations of all lines are counted once.
    List<Stored> rest =
        Collections.nCopies(results - 1, new Stored(tool, "would be stored", 0, null));
    return Pushed.stored(
        file,
        Stream.concat(
                Stream.of(new Stored(tool, "would be stored", observations, null)), rest.stream())
            .toList(),
        List.of());
  }

  private static @Nullable String refusal(JsonObject preview, PushOptions options) {
    String tool = preview.getString("tool");
    if ("failed".equals(preview.getString("state"))) {
      return preview.getString("reason", "cannot be read");
    }
    if (preview.getString("holds") != null) {
      return "the file of " + tool + " holds " + preview.getString("holds");
    }
    if ((tool == null || tool.equals(GENERIC)) && !options.has("benchmark_name")) {
      return "no tool's adapter recognises it; give --benchmark-name";
    }
    boolean hasTime =
        array(preview, "runs").stream()
            .anyMatch(run -> run instanceof JsonObject told && told.getValue("time") != null);
    return hasTime || options.isFileTime() || options.has(PushOptions.TIMESTAMP)
        ? null
        : "the file does not tell when the run was; give --timestamp, or --timestamp file-time";
  }

  private static JsonArray array(JsonObject preview, String name) {
    return preview.getJsonArray(name, new JsonArray());
  }
}

package org.benchmarkresults.cli.push;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.cli.push.Pushed.Stored;
import org.benchmarkresults.cli.push.ServiceClient.Reply;

/** Sends one file after the other and reads what the service says of them. Thread-safe. */
final class FileSender {
  private static final String FILES = "/files";
  private static final String PREVIEW = "/observations/preview";
  private static final int TOO_LARGE = 413;

  private final ServiceClient service;
  private final PushOptions options;
  private volatile long limit = Long.MAX_VALUE;

  FileSender(ServiceClient service, PushOptions options) {
    this.service = service;
    this.options = options;
  }

  /**
   * Sends a file.
   *
   * @throws PushFailure when the command cannot go on
   */
  Pushed send(Path file) throws InterruptedException {
    try {
      // The first file that is too large tells the limit of the service.
      if (!ResultFiles.isCompressed(file) && Files.size(file) > limit) {
        return Pushed.refused(
            file, "is larger than the service's limit of " + limit + " bytes; not sent");
      }
      return options.isDryRun() ? preview(file) : store(file);
    } catch (IOException | ServiceClient.UnreadableFile e) {
      return Pushed.refused(file, "cannot be read");
    }
  }

  private Pushed store(Path file) throws IOException, InterruptedException {
    Reply reply = service.send(FILES, options.parameters(), file, options.isOneRun());
    if (options.isFileTime() && lacksTime(reply)) {
      reply = service.send(FILES, options.withTimeOf(file), file, options.isOneRun());
    }
    if (reply.status() >= 300) {
      return refused(file, reply);
    }
    List<Stored> results = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (JsonObject result : objects(reply.body().getJsonArray("results", new JsonArray()))) {
      JsonObject problem = result.getJsonObject("problem");
      if (problem == null) {
        results.add(
            new Stored(
                result.getString("tool"),
                result.getString("outcome", ""),
                result.getLong("observations", 0L)));
      } else {
        refusals.add("line " + result.getValue("line") + ": " + problem.getString("detail"));
      }
    }
    return new Pushed(file, results, refusals);
  }

  private static boolean lacksTime(Reply reply) {
    return reply.status() == 422
        && objects(reply.body().getJsonArray("errors", new JsonArray())).stream()
            .anyMatch(error -> PushOptions.TIMESTAMP.equals(error.getString("parameter")));
  }

  private Pushed preview(Path file) throws IOException, InterruptedException {
    Reply reply = service.send(PREVIEW, Map.of(), file, false);
    if (reply.status() >= 300) {
      return refused(file, reply);
    }
    return PreviewReader.read(file, reply.body(), options);
  }

  private Pushed refused(Path file, Reply reply) {
    if (reply.status() == TOO_LARGE) {
      limit = Math.min(limit, reply.body().getLong("limit", Long.MAX_VALUE));
    }
    boolean isTaken = reply.status() == 412 && options.isOneRun();
    return Pushed.refused(
        file,
        isTaken
            ? "another file has the same time, tool and --run-id; without --run-id each file has its"
                + " own"
            : inOptions(reply.detail()));
  }

  /** The service names parameters of the URL, which are options here. */
  private static String inOptions(String detail) {
    return detail
        .replace("add ?timestamp=… to the URL", "give --timestamp, or --timestamp file-time")
        .replace("add ?benchmark_name=… to the URL", "give --benchmark-name");
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }
}

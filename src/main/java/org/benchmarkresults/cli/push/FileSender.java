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
import org.jspecify.annotations.Nullable;

/** Sends one file after the other and reads what the service says of them. Thread-safe. */
final class FileSender {
  private static final String FILES = "/files";
  private static final String RESULTS = "/raw_input/";
  private static final String PREVIEW = "/observations/preview";
  private static final int TOO_LARGE = 413;
  private static final String TAKEN =
      "another file has the same time, tool and --run-id; without --run-id each file has its own";

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
    return stored(file, reply);
  }

  private Pushed stored(Path file, Reply reply) {
    if (reply.status() >= 300) {
      return refused(file, reply);
    }
    for (JsonObject attachment : objects(reply.body().getJsonArray("attachments"))) {
      return Pushed.attached(file, attachment.getString("outcome", ""));
    }
    List<Stored> results = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (JsonObject result : objects(reply.body().getJsonArray("results"))) {
      JsonObject problem = result.getJsonObject("problem");
      if (problem == null) {
        results.add(
            new Stored(
                result.getString("tool"),
                result.getString("outcome", ""),
                result.getLong("observations", 0L),
                result.getString("saved_as")));
      } else {
        boolean isTaken = result.getInteger("status", 0) == 412 && options.isOneRun();
        refusals.add(
            "line "
                + result.getValue("line")
                + ": "
                + (isTaken ? TAKEN : inOptions(problem.getString("detail", ""))));
      }
    }
    return Pushed.stored(file, results, refusals);
  }

  /**
   * Sends a file that belongs to a run, once the results are sent.
   *
   * @throws PushFailure when the command cannot go on
   */
  Pushed attach(Path file, RunFilePairs pairs) throws InterruptedException {
    if (options.isDryRun()) {
      return Pushed.attached(file, "would be attached to their runs");
    }
    String result = pairs.resultOf(file);
    String name =
        ServiceClient.segment(String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gz$", ""));
    try {
      if (result == null) {
        return stored(file, service.send(FILES + "/" + name, options.parameters(), file, false));
      }
      String path = RESULTS + ServiceClient.segment(result) + "/attachments/" + name;
      Reply reply = service.put(path, file);
      return reply.status() < 300
          ? Pushed.attached(file, reply.body().getString("outcome", ""))
          : refused(file, reply);
    } catch (IOException | ServiceClient.UnreadableFile e) {
      return Pushed.refused(file, "cannot be read");
    }
  }

  private static boolean lacksTime(Reply reply) {
    return reply.status() == 422
        && objects(reply.body().getJsonArray("errors")).stream()
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
    return Pushed.refused(file, isTaken ? TAKEN : inOptions(reply.detail()));
  }

  /** The service names parameters of the URL, which are options here. */
  private static String inOptions(String detail) {
    return detail
        .replace("add ?timestamp=… to the URL", "give --timestamp, or --timestamp file-time")
        .replace("add ?benchmark_name=… to the URL", "give --benchmark-name");
  }

  private static List<JsonObject> objects(@Nullable JsonArray array) {
    return array == null
        ? List.of()
        : array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }
}

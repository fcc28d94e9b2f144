package org.benchmarkresults.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A mongod of this process's own: a replica set of one on a free port, its data in a temporary
 * folder.
 */
final class MongodProcess {
  /**
   * Runs the command until it ends or standard input does, which is when this process ends, however
   * it does; then removes the folder.
   */
  private static final String UNTIL_PARENT_ENDS =
      """
      folder=$1; shift
      exec 3<&0
      "$@" </dev/null >"$folder/out" 2>&1 &
      mongod=$!
      { cat <&3 >/dev/null; kill -9 "$mongod"; wait; rm -rf "$folder"; } >/dev/null 2>&1 &
      wait "$mongod"
      """;

  private MongodProcess() {}

  /** The URL of a mongod that is primary and stops when this process does. */
  static String start(Path binary) {
    try {
      Path folder = DatabaseFolder.create("benchmark-results-mongod");
      int port = FreePorts.one();
      Process process = launch(binary, folder, port);
      CompletableFuture<Void> ended =
          process
              .onExit()
              .thenAccept(
                  gone -> {
                    throw new IllegalStateException(
                        binary + " ended with " + gone.exitValue() + ", see " + folder);
                  });
      String direct = "mongodb://127.0.0.1:" + port + "/?directConnection=true";
      String url = "mongodb://127.0.0.1:" + port + "/?replicaSet=rs0";
      awaitEither(ended, () -> ReplicaSet.initiate(direct, "127.0.0.1:" + port));
      awaitEither(ended, () -> ReplicaSet.awaitPrimary(direct));
      return url;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path binary, Path folder, int port) throws IOException {
    List<String> mongod =
        List.of(
            binary.toString(),
            "--replSet",
            "rs0",
            "--bind_ip",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dbpath",
            folder.toString(),
            "--logpath",
            folder.resolve("log").toString(),
            "--nounixsocket",
            "--wiredTigerCacheSizeGB",
            "0.25",
            "--setParameter",
            "diagnosticDataCollectionEnabled=false");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", UNTIL_PARENT_ENDS, "sh", folder.toString());
    builder.command().addAll(mongod);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitEither(CompletableFuture<Void> ended, Runnable action) {
    CompletableFuture.anyOf(ended, CompletableFuture.runAsync(action)).join();
  }
}

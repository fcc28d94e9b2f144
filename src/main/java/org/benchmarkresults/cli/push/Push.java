package org.benchmarkresults.cli.push;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends many files, several at once. */
final class Push {
  private static final int AT_ONCE = 4;

  private final ServiceClient service;
  private final FileSender sender;
  private final PushProgress progress;
  private final List<Path> runFiles;
  private final Queue<Path> left;
  private final Queue<Pushed> done = new ConcurrentLinkedQueue<>();

  Push(ServiceClient service, FileSender sender, PushProgress progress, Collection<Path> files) {
    this.service = service;
    this.sender = sender;
    this.progress = progress;
    runFiles = files.stream().filter(RunFilePairs::isRunFile).toList();
    left =
        new ConcurrentLinkedQueue<>(
            files.stream().filter(file -> !RunFilePairs.isRunFile(file)).toList());
  }

  /**
   * Waits until all files are sent: first the results, then what belongs to their runs.
   *
   * @throws PushFailure when the service cannot be reached, or refuses the key
   */
  void run() throws InterruptedException {
    try {
      send(sender::send);
      RunFilePairs pairs = new RunFilePairs(done);
      left.addAll(runFiles);
      send(file -> sender.attach(file, pairs));
    } finally {
      progress.close();
    }
  }

  private interface Sending {
    Pushed send(Path file) throws InterruptedException;
  }

  private void send(Sending sending) throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(workers.submit(() -> work(sending)));
      }
      for (Future<?> one : all) {
        Object unused = one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PushFailure failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  /** The files that were sent so far. */
  Collection<Pushed> done() {
    return done;
  }

  private Void work(Sending sending) throws InterruptedException {
    try {
      for (Path file = left.poll(); file != null; file = left.poll()) {
        done.add(sending.send(file));
        progress.oneMore();
      }
      return null;
    } finally {
      if (!left.isEmpty()) {
        // This worker failed, and the others need not try.
        left.clear();
        service.stop();
      }
    }
  }
}

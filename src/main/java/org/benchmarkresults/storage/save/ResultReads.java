package org.benchmarkresults.storage.save;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;

/** Reads single results of one stage, their versions and their chunks. */
public final class ResultReads {
  private final GroupFind finds;
  private final GroupFind reads;
  private final ChunkStore chunks;
  private final VersionStore versions;

  public ResultReads(MongoClients clients, CollectionNames collections, Stage stage) {
    finds = new GroupFind(clients.raw(collections.results(stage)));
    reads = new GroupFind(clients.reading(collections.results(stage)));
    chunks = new ChunkStore(clients, collections.chunks(stage));
    versions = new VersionStore(clients, collections.versions(stage));
  }

  /** Succeeds with the result or that there is none; fails with {@link Unavailable}. */
  public Future<FindOutcome> find(ResultRef ref) {
    return reads
        .find(ref.resultName())
        .compose(current -> asked(ref, current.filter(found -> ref.means(found.summary()))));
  }

  private Future<FindOutcome> asked(ResultRef ref, Optional<StoredResult> current) {
    Integer version = ref.version();
    if (current.isEmpty() || version == null || current.get().summary().version() == version) {
      return Future.succeededFuture(foundOr(current));
    }
    return version > current.get().summary().version()
        ? Future.succeededFuture(new FindOutcome.NotFound())
        : versions
            .find(current.get(), version)
            .map(
                earlier ->
                    earlier
                        .<FindOutcome>map(found -> earlier(found, current.get().summary()))
                        .orElseGet(FindOutcome.NotFound::new));
  }

  private static FindOutcome foundOr(Optional<StoredResult> result) {
    return result
        .<FindOutcome>map(found -> new FindOutcome.Found(found.summary(), found.data()))
        .orElseGet(FindOutcome.NotFound::new);
  }

  /** All versions of a result have the annotations that it has now. */
  private static FindOutcome earlier(StoredResult version, ResultSummary newest) {
    return new FindOutcome.Found(
        version.summary().with(newest.annotations()), version.data(), newest.version());
  }

  /** Succeeds with the bytes of one chunk of a large result; fails with {@link Unavailable}. */
  public Future<ByteBuffer> chunk(String upload, int number) {
    return chunks.read(upload, number);
  }

  /** Succeeds with all versions, newest first, empty when there is none. */
  public Future<List<ResultVersion>> versions(ResultRef ref) {
    return finds
        .find(ref.resultName())
        .map(current -> current.filter(found -> ref.means(found.summary())))
        .compose(
            current ->
                current.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : versions.all(current.get()));
  }
}

package org.benchmarkresults.storage.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.SaveOutcome.AlreadyStored;
import org.benchmarkresults.model.result.SaveOutcome.Stored;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of every size: in the result's document, in chunks, past MongoDB's 16 MiB document. */
@OnDatabases
class LargeDataTest {
  @RegisterExtension final StorageModule storage;

  LargeDataTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  static IntStream sizes() {
    int inline = ResultStore.MOST_INLINE_BYTES;
    int chunk = ChunkStore.CHUNK_BYTES;
    return IntStream.of(
        1,
        inline - 1,
        inline,
        inline + 1,
        chunk - 1,
        chunk,
        chunk + 1,
        300_000,
        4 * chunk - 1,
        4 * chunk,
        4 * chunk + 1,
        5 * chunk,
        17 << 20,
        64 << 20);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void dataOfAnySizeComesBackByteForByte(int size) {
    ByteBuffer sent = Results.bytes(size, size);
    Result result = Results.of("run", sent);

    SaveOutcome outcome = storage.save(result);

    Found found = storage.found(result.envelope().key().resultName(), null);
    assertEquals(new Stored(), outcome);
    assertEquals(size, found.summary().size());
    assertEquals(sent, storage.data(found));
  }

  @Test
  void onlyDataAboveTheLimitIsInChunks() {
    storage.save(Results.of("inline", Results.bytes(ResultStore.MOST_INLINE_BYTES, 1)));
    storage.save(Results.of("chunked", Results.bytes(ResultStore.MOST_INLINE_BYTES + 1, 1)));

    Found inline = storage.found(Results.key("inline").resultName(), null);
    Found chunked = storage.found(Results.key("chunked").resultName(), null);

    assertInstanceOf(StoredData.Inline.class, inline.data());
    assertInstanceOf(StoredData.Chunked.class, chunked.data());
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 17 << 20})
  void sendingLargeDataAgainIsAlreadyStored(int size) {
    Result result = Results.of("run", Results.bytes(size, 1));
    storage.save(result);

    SaveOutcome again = storage.save(result);

    assertEquals(new AlreadyStored(1, 1), again);
  }
}

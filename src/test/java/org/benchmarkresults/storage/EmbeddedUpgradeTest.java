package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data folder that release 0.1.0 wrote: five results, of which one has two versions and one was
 * deleted, one of 70,002 bytes, and one of the standardized stage.
 */
class EmbeddedUpgradeTest {
  private static final String KEPT = "2026-01-02-kept-run-";

  @TempDir Path folder;

  @BeforeEach
  void anEarlierFile() throws IOException {
    try (InputStream sample =
        getClass().getResourceAsStream("/embedded/benchmark-results-0.1.0.mv.gz")) {
      Files.copy(new GZIPInputStream(sample), folder.resolve("benchmark-results.mv"));
    }
  }

  @Test
  void upgradeKeepsResults() {
    for (int start = 0; start < 2; start++) {
      try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
        assertEquals(
            List.of("2026-01-02-kept-large", KEPT + 0, KEPT + 1, KEPT + 2, KEPT + 3),
            room.names(Stage.RAW));
        assertEquals(List.of(KEPT + 1), room.names(Stage.STANDARDIZED));
        assertEquals("{\"n\": \"second\"}", room.data(KEPT + 1, null));
        assertEquals(text(1), room.data(KEPT + 1, 1));
        assertEquals(text(3), room.data(KEPT + 3, null));
        assertInstanceOf(FindOutcome.NotFound.class, room.find(KEPT + 4, null));
      }
    }
  }

  @Test
  void upgradeKeepsDeletedResults() {
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      assertInstanceOf(
          RestoreOutcome.Restored.class,
          room.bus().request(Addresses.RESTORE, new ResultRef(Stage.RAW, KEPT + 4, null)).await());
      assertEquals(text(4), room.data(KEPT + 4, null));
    }
  }

  private static String text(int number) {
    return "{\"n\": " + number + ", \"text\": \"" + "t".repeat(number * 400) + "\"}";
  }
}

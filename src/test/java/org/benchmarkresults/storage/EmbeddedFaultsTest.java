package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the data file, its folder and the disk of the embedded database. */
class EmbeddedFaultsTest {
  private static final String FILE = "benchmark-results.mv";
  private static final int RESULTS = 60;

  /** Bytes of a block of the data file. */
  private static final int BLOCK = 4_096;

  @TempDir Path folder;

  private static void fill(StorageOnEmbedded room) {
    for (int i = 0; i < RESULTS; i++) {
      room.save(Results.of("run-" + i, Results.bytes(3_000 + i, i)));
    }
  }

  private String refusal() {
    Throwable refused = assertThrows(Throwable.class, () -> new StorageOnEmbedded(folder).close());
    return "" + refused.getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_192, 30, 50, 90, 99})
  void truncatedFileIsRefused(int kept) throws IOException {
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      fill(room);
    }
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw")) {
      file.setLength(kept <= 1 || kept > 100 ? kept : file.length() * kept / 100);
    }

    String sentence = refusal();

    assertTrue(sentence.contains("restore a backup"), sentence);
    assertTrue(sentence.contains("version"), sentence);
  }

  /** Overwrites pages that are in use: how much of the file is free space depends on timing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 50, 100})
  void overwrittenFileIsRefused(int percentile) throws IOException {
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      fill(room);
    }
    List<Map<String, String>> chunks = chunksInUse();
    Map<String, String> chunk = chunks.get((chunks.size() - 1) * percentile / 100);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw")) {
      file.seek(Long.parseLong(chunk.get("block"), 16) * BLOCK);
      file.write(new byte[Integer.parseInt(chunk.get("len"), 16) * BLOCK]);
    }

    String sentence = refusal();

    assertTrue(sentence.contains("is damaged") || sentence.contains("restore a backup"), sentence);
  }

  /** The chunks of the data file that hold pages in use, in the order of the file. */
  private List<Map<String, String>> chunksInUse() throws IOException {
    Path file = folder.resolve(FILE);
    List<Map<String, String>> chunks = new ArrayList<>();
    // The newest chunk is named by the file's header, the others by the layout map.
    String block = properties(textAt(file, 0)).get("block");
    Map<String, String> newest = properties(textAt(file, Long.parseLong(block, 16)));
    newest.put("block", block);
    chunks.add(newest);
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      store.getLayoutMap().entrySet().stream()
          .filter(entry -> entry.getKey().startsWith("chunk."))
          .forEach(entry -> chunks.add(properties(entry.getValue())));
    }
    chunks.sort(Comparator.comparingLong(chunk -> Long.parseLong(chunk.get("block"), 16)));
    return chunks;
  }

  private static String textAt(Path path, long block) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(block * BLOCK);
      return file.readLine();
    }
  }

  /** The data file writes {@code name:value} pairs with commas between them. */
  private static Map<String, String> properties(String text) {
    Map<String, String> properties = new HashMap<>();
    for (String pair : text.strip().split(",")) {
      String[] parts = pair.split(":", 2);
      properties.put(parts[0], parts[1]);
    }
    return properties;
  }

  @Test
  void foreignFileIsRefused() throws IOException {
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    Files.write(folder.resolve(FILE), noise);

    assertTrue(refusal().contains("is damaged"), this::refusal);
  }

  @Test
  void olderCopyIsRefused() throws IOException {
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      room.save(Results.of("run", "1"));
    }
    byte[] earlier = Files.readAllBytes(folder.resolve(FILE));
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      fill(room);
    }
    Files.write(folder.resolve(FILE), earlier);

    assertTrue(refusal().contains("restore a backup"), this::refusal);
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    Throwable refused = assertThrows(Throwable.class, () -> new StorageOnEmbedded(file).close());

    assertTrue(("" + refused.getMessage()).contains("is a file"), refused::toString);
  }

  @Test
  void savesFailAfterTheFolderIsRemoved() throws IOException {
    Path data = folder.resolve("data");
    try (StorageOnEmbedded room = new StorageOnEmbedded(data)) {
      room.save(Results.of("before", "1"));
      Path away = Files.move(data, folder.resolve("away"));

      assertThrows(Unavailable.class, () -> room.save(Results.of("lost", "1")));
      assertFalse(room.state().connected());
      assertTrue(room.state().error().contains("removed"), room.state()::toString);

      Files.move(away, data);
      Await.until(() -> room.state().connected(), () -> room.state().toString());
      assertInstanceOf(SaveOutcome.Stored.class, room.save(Results.of("after", "1")));
    }
  }

  @Test
  void savesFailAfterTheFileIsReplaced() throws IOException {
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      room.save(Results.of("before", "1"));
      Files.copy(folder.resolve(FILE), folder.resolve("copy"));
      Files.move(folder.resolve("copy"), folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);

      assertThrows(Unavailable.class, () -> room.save(Results.of("lost", "1")));
      assertTrue(room.state().error().contains("replaced"), room.state()::toString);
    }
  }

  @Test
  void recoversFromAFullDisk() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder.toString()),
        "only root can make a small file system");
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      int stored = 0;
      Throwable full = null;
      while (full == null) {
        try {
          room.save(Results.of("run-" + stored, Results.bytes(60_000, stored)));
          stored++;
        } catch (Unavailable e) {
          full = e;
        }
      }
      assertFalse(room.state().connected());
      assertTrue(room.state().error().contains("full"), room.state()::toString);
      assertEquals(stored, room.names(Stage.RAW).size());

      assertTrue(run("mount", "-o", "remount,size=60m", folder.toString()));

      Await.until(() -> room.state().connected(), () -> room.state().toString());
      assertInstanceOf(SaveOutcome.Stored.class, room.save(Results.of("after", "1")));
      assertEquals(stored + 1, room.names(Stage.RAW).size());
    } finally {
      run("umount", "-l", folder.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4k", "8k", "12k", "16k", "1m"})
  void firstStartOnAFullDiskIsRefused(String size) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()),
        "only root can make a small file system");
    try {
      assertTrue(refusal().contains("is full"), this::refusal);

      assertTrue(run("mount", "-o", "remount,size=60m", folder.toString()));

      try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
        assertInstanceOf(SaveOutcome.Stored.class, room.save(Results.of("run", "1")));
      }
    } finally {
      run("umount", "-l", folder.toString());
    }
  }

  @Test
  void startOnAFullDiskReadsAndStoresLater() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString()),
        "only root can make a small file system");
    Path data = folder.resolve("data");
    try (StorageOnEmbedded room = new StorageOnEmbedded(data)) {
      room.save(Results.of("before", "1"));
    }
    Path filler = folder.resolve("filler");
    Files.write(filler, new byte[(int) folder.toFile().getUsableSpace()]);
    try (StorageOnEmbedded room = new StorageOnEmbedded(data)) {
      assertFalse(room.state().connected());
      assertTrue(room.state().error().contains("is full"), room.state()::toString);
      assertEquals(1, room.names(Stage.RAW).size());

      Files.delete(filler);

      Await.until(() -> room.state().connected(), () -> room.state().toString());
      assertInstanceOf(SaveOutcome.Stored.class, room.save(Results.of("after", "1")));
    } finally {
      run("umount", "-l", folder.toString());
    }
  }

  @Test
  void readOnlyFolderIsRefused() throws IOException, InterruptedException {
    try (StorageOnEmbedded room = new StorageOnEmbedded(folder)) {
      room.save(Results.of("run", "1"));
    }
    Assumptions.assumeTrue(
        run("mount", "--bind", folder.toString(), folder.toString())
            && run("mount", "-o", "remount,bind,ro", folder.toString()),
        "only root can mount");
    try {
      assertTrue(refusal().contains("read-only"), this::refusal);
    } finally {
      run("umount", "-l", folder.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void backupRestoresEverything(boolean running) throws IOException {
    Path data = folder.resolve("data");
    Path backup = folder.resolve("backup");
    StorageOnEmbedded room = new StorageOnEmbedded(data);
    fill(room);
    room.save(Results.of("large", Results.bytes(700_000, 1)));
    List<String> names = room.names(Stage.RAW);
    if (!running) {
      room.close();
    }
    backupOf(data).write(backup);
    if (running) {
      room.close();
    }

    Path restored = folder.resolve("restored");
    backupOf(restored).restore(backup);

    try (StorageOnEmbedded again = new StorageOnEmbedded(restored)) {
      assertEquals(names, again.names(Stage.RAW));
      assertInstanceOf(
          SaveOutcome.AlreadyStored.class,
          again.save(Results.of("large", Results.bytes(700_000, 1))));
    }
    assertThrows(IOException.class, () -> backupOf(restored).restore(backup));
  }

  @Test
  void truncatedBackupIsRefused() throws IOException {
    Path data = folder.resolve("data");
    try (StorageOnEmbedded room = new StorageOnEmbedded(data)) {
      fill(room);
    }
    Path backup = folder.resolve("backup");
    backupOf(data).write(backup);
    byte[] whole = Files.readAllBytes(backup);
    Path restored = folder.resolve("restored");
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
      Files.write(backup, Arrays.copyOf(whole, length));

      IOException refused =
          assertThrows(IOException.class, () -> backupOf(restored).restore(backup));

      assertTrue(("" + refused.getMessage()).contains("backup"), refused::toString);
      assertFalse(Files.exists(restored.resolve(FILE)));
    }
  }

  @Test
  void backupOfAnUnreachableProcessIsRefused() throws IOException {
    Path data = folder.resolve("data");
    Path port = data.resolve(EmbeddedMongo.URL_FILE);
    Path backup = folder.resolve("backup");
    try (StorageOnEmbedded room = new StorageOnEmbedded(data)) {
      room.save(Results.of("run", "1"));
      String url = Files.readString(port);
      Files.writeString(port, "");
      String asked = refusalOf(data, backup);
      // The port of a killed process is closed.
      Files.writeString(port, "mongodb://127.0.0.1:1");
      String away = refusalOf(data, backup);
      Files.writeString(port, url);
      String missing = refusalOf(data, folder.resolve("no folder").resolve("backup"));

      assertTrue(asked.contains("cannot write a backup"), asked);
      assertTrue(away.contains("does not answer"), away);
      assertTrue(missing.contains("no folder"), missing);
      try (Stream<Path> files = Files.list(data)) {
        assertFalse(files.anyMatch(file -> file.toString().contains("backup")));
      }
    }
  }

  private static String refusalOf(Path data, Path backup) {
    return "" + assertThrows(IOException.class, () -> backupOf(data).write(backup)).getMessage();
  }

  private static EmbeddedBackup backupOf(Path data) {
    return new EmbeddedBackup(
        ConfigLoader.load(Map.of("MONGO_EMBEDDED_FOLDER", data.toString())).mongo());
  }
}

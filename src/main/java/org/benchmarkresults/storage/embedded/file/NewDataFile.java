package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Creates the data file of a folder, empty or from a backup. */
public final class NewDataFile {
  private interface Content {
    long write(MVStore store) throws IOException;
  }

  private NewDataFile() {}

  static void create(Path folder) throws IOException {
    String full = DataFolder.tooFull(folder);
    if (full != null) {
      throw new IOException(full + " Free disk space, or " + DataFolder.ANOTHER);
    }
    var unused =
        create(
            folder,
            ".made",
            store -> {
              var unusedId = DataFile.id(store);
              return 0;
            });
  }

  /**
   * Restores a backup. Blocks.
   *
   * @return the number of entries
   * @throws IOException with a sentence, when there is a file already or the backup is damaged
   */
  public static long restore(Path backup, Path folder) throws IOException {
    Path file = folder.resolve(DataFile.NAME);
    DataFolder.prepare(folder, file);
    if (Files.exists(file) || Files.exists(folder.resolve(StateFile.NAME))) {
      throw new IOException(
          "There is an embedded database in "
              + folder
              + " already; move it away, or set"
              + " MONGO_EMBEDDED_FOLDER to an empty folder.");
    }
    return create(folder, ".restoring", store -> Backup.read(backup, store));
  }

  /** Writes to another file first, because a partial data file would count as damaged. */
  private static long create(Path folder, String suffix, Content content) throws IOException {
    Path part = folder.resolve(DataFile.NAME + suffix);
    Files.deleteIfExists(part);
    long entries;
    try (MVStore store =
        new MVStore.Builder().fileName(part.toString()).autoCommitDisabled().open()) {
      entries = content.write(store);
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      Files.deleteIfExists(part);
      throw new IOException(DataFile.reason(e), e);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(
        part,
        folder.resolve(DataFile.NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return entries;
  }
}

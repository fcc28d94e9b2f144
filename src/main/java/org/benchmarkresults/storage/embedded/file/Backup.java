package org.benchmarkresults.storage.embedded.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.benchmarkresults.storage.embedded.rows.DataMaps;
import org.benchmarkresults.storage.embedded.rows.KeyBytes;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** A backup file: a snapshot of the maps of all collections, gzip-compressed, with a SHA-256. */
public final class Backup {
  private static final String HEAD = "benchmark-results backup 1";
  private static final int END = -1;
  private static final int MAX_ENTRY_BYTES = 64 << 20;
  private static final int MAX_UNSAVED_BYTES = 8 << 20;

  private Backup() {}

  /** Cursors over the maps of collections as they are at the time of the call. */
  public static Map<String, Cursor<?, ?>> snapshot(MVStore store) {
    Map<String, Cursor<?, ?>> snapshot = new LinkedHashMap<>();
    for (String name : store.getMapNames()) {
      if (DataMaps.isOfCollection(name)) {
        snapshot.put(name, DataMaps.openAny(store, name).cursor(null));
      }
    }
    return snapshot;
  }

  /** Writes a backup atomically and returns the number of entries. */
  public static long write(Map<String, Cursor<?, ?>> maps, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target + " exists already");
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    MessageDigest digest = sha256();
    long entries = 0;
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      GZIPOutputStream zip = new GZIPOutputStream(Channels.newOutputStream(channel), 64 << 10);
      OutputStream summed = new DigestOutputStream(zip, digest);
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(summed, 64 << 10));
      out.writeUTF(HEAD);
      for (Map.Entry<String, Cursor<?, ?>> map : maps.entrySet()) {
        out.writeUTF(map.getKey());
        Cursor<?, ?> cursor = map.getValue();
        while (cursor.hasNext()) {
          bytes(out, keyBytes(cursor.next()));
          bytes(out, valueBytes(cursor.getValue()));
          entries++;
        }
        out.writeInt(END);
      }
      out.writeUTF("");
      out.flush();
      zip.write(digest.digest());
      zip.finish();
      channel.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    return entries;
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] keyBytes(Object key) {
    return key instanceof KeyBytes bytes
        ? bytes.bytes()
        : ByteBuffer.allocate(Long.BYTES).putLong((Long) key).array();
  }

  private static byte[] valueBytes(Object value) {
    return value instanceof KeyBytes bytes ? bytes.bytes() : (byte[]) value;
  }

  /**
   * Verifies a backup and then reads it into an empty store.
   *
   * @return the number of entries
   * @throws IOException with a sentence when the backup is damaged
   */
  static long read(Path backup, MVStore store) throws IOException {
    var unused = scan(backup, null);
    return scan(backup, store);
  }

  /** Reads a backup to its end; without a store only to verify it. */
  private static long scan(Path backup, @Nullable MVStore store) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(backup), 64 << 10);
        GZIPInputStream zip = new GZIPInputStream(file, 64 << 10)) {
      DataInputStream in = new DataInputStream(new DigestInputStream(zip, digest));
      if (!in.readUTF().equals(HEAD)) {
        throw new IOException(backup + " is not a backup of this service.");
      }
      long entries = 0;
      for (String name = in.readUTF(); !name.isEmpty(); name = in.readUTF()) {
        entries += entries(in, name, store);
      }
      byte[] expected = digest.digest();
      if (!MessageDigest.isEqual(expected, zip.readNBytes(expected.length))) {
        throw new IOException("The backup " + backup + " is damaged: its checksum does not match.");
      }
      if (zip.read() >= 0) {
        throw new IOException("The backup " + backup + " is damaged: there is data after its end.");
      }
      return entries;
    } catch (ZipException e) {
      throw new IOException("The backup " + backup + " is damaged: " + e.getMessage() + ".", e);
    } catch (EOFException e) {
      throw new IOException("The backup " + backup + " is incomplete: its end is missing.", e);
    }
  }

  private static long entries(DataInputStream in, String name, @Nullable MVStore store)
      throws IOException {
    long entries = 0;
    for (int length = in.readInt(); length != END; length = in.readInt()) {
      byte[] key = bytes(in, length);
      byte[] value = bytes(in, in.readInt());
      entries++;
      if (store != null) {
        DataMaps.put(store, name, key, value);
        if (store.getUnsavedMemory() > MAX_UNSAVED_BYTES) {
          store.commit();
        }
      }
    }
    return entries;
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > MAX_ENTRY_BYTES) {
      throw new IOException("The backup is damaged: an entry of " + length + " bytes.");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}

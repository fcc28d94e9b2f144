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

/**
 * A backup: the maps of collections as they were at one moment, compressed, with a checksum of all
 * at its end, so that a part of one is never taken for a whole one.
 */
public final class Backup {
  private static final String HEAD = "benchmark-results backup 1";
  private static final int END = -1;
  private static final int LONGEST = 64 << 20;
  private static final int MOST_UNSAVED_BYTES = 8 << 20;

  private Backup() {}

  /** Where each collection's maps begin; they are read as they are at the time of the call. */
  public static Map<String, Cursor<?, ?>> snapshot(MVStore store) {
    Map<String, Cursor<?, ?>> snapshot = new LinkedHashMap<>();
    for (String name : store.getMapNames()) {
      if (DataMaps.isOfCollection(name)) {
        snapshot.put(name, DataMaps.openAny(store, name).cursor(null));
      }
    }
    return snapshot;
  }

  /** Writes a file that is there whole or not at all; gives the number of entries. */
  public static long write(Map<String, Cursor<?, ?>> maps, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target + " is there already");
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
   * Brings a backup into an empty store, once it is known to be whole; gives the number of entries.
   *
   * @throws IOException with a sentence, when it is not
   */
  static long read(Path backup, MVStore store) throws IOException {
    var unused = walk(backup, null);
    return walk(backup, store);
  }

  /** Reads a backup to its end; without a store it is looked at alone. */
  private static long walk(Path backup, @Nullable MVStore store) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(backup), 64 << 10);
        GZIPInputStream zip = new GZIPInputStream(file, 64 << 10)) {
      DataInputStream in = new DataInputStream(new DigestInputStream(zip, digest));
      if (!in.readUTF().equals(HEAD)) {
        throw new IOException(backup + " is no backup of this service.");
      }
      long entries = 0;
      for (String name = in.readUTF(); !name.isEmpty(); name = in.readUTF()) {
        entries += entries(in, name, store);
      }
      byte[] expected = digest.digest();
      if (!MessageDigest.isEqual(expected, zip.readNBytes(expected.length))) {
        throw new IOException("The backup " + backup + " is damaged: its checksum is another one.");
      }
      if (zip.read() >= 0) {
        throw new IOException("The backup " + backup + " is damaged: something follows its end.");
      }
      return entries;
    } catch (ZipException e) {
      throw new IOException("The backup " + backup + " is damaged: " + e.getMessage() + ".", e);
    } catch (EOFException e) {
      throw new IOException("The backup " + backup + " is not whole: its end is missing.", e);
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
        if (store.getUnsavedMemory() > MOST_UNSAVED_BYTES) {
          store.commit();
        }
      }
    }
    return entries;
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > LONGEST) {
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
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

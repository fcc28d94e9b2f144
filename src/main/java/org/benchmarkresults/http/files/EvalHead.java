package org.benchmarkresults.http.files;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.benchmarkresults.model.text.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an Inspect {@code .eval} archive tells of its run. The archive is a zip whose first
 * entry is {@code _journal/start.json}; both that and {@code header.json} have the member {@code
 * eval} (inspect_ai/log/_recorders/eval.py).
 */
final class EvalHead {
  /** The first entry has some kilobytes. */
  static final int HEAD_BYTES = 512 << 10;

  private static final Set<String> ENTRIES = Set.of("_journal/start.json", "header.json");
  private static final int LARGEST_ENTRY = 1 << 20;

  private byte[] head = new byte[0];

  /** Keeps the beginning of the file. */
  void read(byte[] bytes, int from, int length) {
    int kept = Math.min(length, HEAD_BYTES - head.length);
    if (kept > 0) {
      int before = head.length;
      head = Arrays.copyOf(head, before + kept);
      System.arraycopy(bytes, from, head, before, kept);
    }
  }

  static boolean isZip(byte[] bytes, int from, int length) {
    return length > 3
        && bytes[from] == 'P'
        && bytes[from + 1] == 'K'
        && bytes[from + 2] == 3
        && bytes[from + 3] == 4;
  }

  boolean isZip() {
    return isZip(head, 0, head.length);
  }

  /** The facts in the header of the archive; null when it is none of Inspect. */
  @Nullable RunFacts facts() {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(head))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (ENTRIES.contains(entry.getName())) {
          JsonObject eval =
              new JsonObject(io.vertx.core.buffer.Buffer.buffer(zip.readNBytes(LARGEST_ENTRY)))
                  .getJsonObject("eval");
          return eval == null ? null : facts(eval);
        }
      }
      return null;
    } catch (IOException | IllegalArgumentException | DecodeException | ClassCastException e) {
      // Cut at the end of the head, compressed otherwise, or not JSON.
      return null;
    }
  }

  private static RunFacts facts(JsonObject eval) {
    String created = eval.getString("created");
    return new RunFacts(
        "the log of Inspect",
        "inspect",
        eval.getString("task"),
        null,
        eval.getString("run_id"),
        eval.getString("model"),
        created,
        created == null ? null : Timestamps.instantOf(created),
        null);
  }
}

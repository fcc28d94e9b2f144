package org.benchmarkresults.model.result;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a result, as its sender gave it. Two results of one key are the same when their
 * data and their envelopes are equal.
 *
 * @param extra further members in the order they were sent
 */
public record Envelope(
    ResultKey key,
    @Nullable String modelId,
    @Nullable String tokenizerId,
    @Nullable String source,
    List<ExtraField> extra) {
  public Envelope {
    extra = List.copyOf(extra);
  }

  /** Eight hex digits that differ, but for chance, when anything beside the key does. */
  public String fingerprint() {
    CRC32C sum = new CRC32C();
    for (String text : new @Nullable String[] {modelId, tokenizerId, source}) {
      update(sum, text);
    }
    for (ExtraField member : extra) {
      update(sum, member.name());
      sum.update(member.value().bytes().duplicate());
    }
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private static void update(CRC32C sum, @Nullable String text) {
    sum.update(text == null ? 0 : 1);
    if (text != null) {
      sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

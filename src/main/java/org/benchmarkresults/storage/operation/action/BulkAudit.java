package org.benchmarkresults.storage.operation.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.security.PlannedEntry;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The audit entries of a bulk operation. The id of an entry depends on the operation and the result
 * alone, so a step that is done again adds no second entry.
 */
final class BulkAudit {
  private static final int ID_BYTES = 12;

  private BulkAudit() {}

  /** The entry of a result; null when the operation leaves none. */
  static @Nullable PlannedEntry entry(
      StoredBulk bulk, Action action, Item item, @Nullable Integer version, Instant now) {
    return bulk.actor() == null
        ? null
        : new PlannedEntry(
            id(bulk, item),
            AuditEntry.ofResult(
                now, action, bulk.operation().stage(), item.name(), version, bulk.actor()));
  }

  static ObjectId id(StoredBulk bulk, Item item) {
    byte[] text = (bulk.id() + "/" + item.name()).getBytes(StandardCharsets.UTF_8);
    byte[] digest = HexFormat.of().parseHex(Digest.of(ByteBuffer.wrap(text)).hex());
    return new ObjectId(ByteBuffer.wrap(digest, 0, ID_BYTES));
  }
}

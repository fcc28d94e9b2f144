package org.benchmarkresults.storage.derivation;

import java.time.Instant;
import org.benchmarkresults.model.derivation.AdapterUpgrade;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/** Reads the report of an adapter upgrade from its document. */
final class UpgradeReport {
  private UpgradeReport() {}

  static AdapterUpgrade read(BsonDocument document) {
    return new AdapterUpgrade(
        document.getString(AdapterUpgrades.ADAPTER).getValue(),
        document.containsKey(AdapterUpgrades.FROM)
            ? document.getInt32(AdapterUpgrades.FROM).getValue()
            : null,
        document.getInt32(AdapterUpgrades.TO).getValue(),
        Instant.ofEpochMilli(document.getDateTime(AdapterUpgrades.STARTED_AT).getValue()),
        ended(document),
        count(AdapterUpgrades.RESULTS, document),
        count(AdapterUpgrades.CHANGED_RESULTS, document),
        count(AdapterUpgrades.ADDED, document),
        count(AdapterUpgrades.REMOVED, document),
        count(AdapterUpgrades.CHANGED, document));
  }

  private static @Nullable Instant ended(BsonDocument document) {
    return document.containsKey(AdapterUpgrades.ENDED_AT)
        ? Instant.ofEpochMilli(document.getDateTime(AdapterUpgrades.ENDED_AT).getValue())
        : null;
  }

  private static long count(String field, BsonDocument document) {
    return document.getNumber(field, new BsonInt64(0)).longValue();
  }
}

package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import java.util.Collection;

/** Data of result names, kept beside the results. */
public interface NameData {
  /** A result of the name was restored; succeeds before the reply. */
  Future<Void> restored(String resultName);

  /** Results of the names were removed for good; succeeds when nothing is kept of unused names. */
  Future<Void> purged(Collection<String> resultNames);
}

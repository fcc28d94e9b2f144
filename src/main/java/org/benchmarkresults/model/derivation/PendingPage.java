package org.benchmarkresults.model.derivation;

import java.util.List;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Results without observations.
 *
 * @param isHolder whether the node that asked holds the lease; without it the page is empty
 * @param position to be sent back as done when the results are finished; null when there was
 *     nothing to look at
 * @param mayBeMore whether to ask again at once, also when this page is empty
 */
public record PendingPage(
    boolean isHolder, List<DeriveRequest> pending, @Nullable PageKey position, boolean mayBeMore) {
  public PendingPage {
    pending = List.copyOf(pending);
  }
}

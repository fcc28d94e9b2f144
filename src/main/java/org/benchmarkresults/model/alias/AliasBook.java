package org.benchmarkresults.model.alias;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aliases of all models.
 *
 * @param revision grows with every change; 0 before the first
 * @param models in the order of their code points; null when the requester holds this revision
 */
public record AliasBook(long revision, @Nullable List<ModelAliases> models) {
  public AliasBook {
    models = models == null ? null : List.copyOf(models);
  }
}

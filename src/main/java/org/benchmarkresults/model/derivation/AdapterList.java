package org.benchmarkresults.model.derivation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The adapters of a node, in the order in which they are tried. */
public record AdapterList(List<AdapterInfo> adapters) {
  public AdapterList {
    adapters = List.copyOf(adapters);
  }

  /**
   * An adapter.
   *
   * @param tool the tool whose files it reads; null for any tool
   * @param format the name of the format among those of the tool
   * @param holds what files of the format hold instead of measurements; null for measurements
   * @param isOfTeam whether a file of the configured folder declares it
   */
  public record AdapterInfo(
      String name,
      int version,
      @Nullable String tool,
      @Nullable String format,
      @Nullable String holds,
      boolean isOfTeam) {}
}

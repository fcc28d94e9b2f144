package org.benchmarkresults.model.derivation;

import java.util.List;

/** The upgrades of adapters, newest first. */
public record AdapterUpgradeList(List<AdapterUpgrade> upgrades) {
  public AdapterUpgradeList {
    upgrades = List.copyOf(upgrades);
  }
}

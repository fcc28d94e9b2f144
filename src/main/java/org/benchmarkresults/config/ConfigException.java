package org.benchmarkresults.config;

import java.util.List;

/** Invalid settings; each fault is one sentence. */
public final class ConfigException extends RuntimeException {
  private final List<String> faults;

  public ConfigException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}

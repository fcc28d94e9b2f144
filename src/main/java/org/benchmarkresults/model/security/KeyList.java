package org.benchmarkresults.model.security;

import java.util.List;

/** Every API key there ever was, oldest first. */
public record KeyList(List<ApiKey> keys) {
  public KeyList {
    keys = List.copyOf(keys);
  }
}

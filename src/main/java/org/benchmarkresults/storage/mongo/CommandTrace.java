package org.benchmarkresults.storage.mongo;

import com.mongodb.RequestContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Passes the trace of a caller of the driver to its commands, which may run on other threads. Used
 * by one thread at a time.
 */
final class CommandTrace implements RequestContext {
  static final String KEY = "trace";

  private final Map<Object, Object> values = new HashMap<>();

  CommandTrace(Trace trace) {
    values.put(KEY, trace);
  }

  @Override
  // Declared so by the driver.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T get(Object key) {
    return (T) Objects.requireNonNull(values.get(key));
  }

  @Override
  public boolean hasKey(Object key) {
    return values.containsKey(key);
  }

  @Override
  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public void put(Object key, Object value) {
    values.put(key, value);
  }

  @Override
  public void delete(Object key) {
    values.remove(key);
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public Stream<Map.Entry<Object, Object>> stream() {
    return values.entrySet().stream();
  }
}

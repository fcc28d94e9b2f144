package org.benchmarkresults.config;

import java.util.function.Function;

/**
 * A setting.
 *
 * @param byDefault what it is when it is given nowhere
 * @param given a text for it that means something else
 * @param expected what that text must become
 */
record Setting(
    String path, Function<Config, Object> read, Object byDefault, String given, Object expected) {
  Setting given(String text, Object value) {
    return new Setting(path, read, byDefault, text, value);
  }

  @Override
  public String toString() {
    return path;
  }
}

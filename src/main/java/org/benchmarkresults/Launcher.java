package org.benchmarkresults;

/**
 * What {@code java -jar} runs. Compiled for Java 8, so that an older Java says what is needed
 * instead of which class file version it does not know.
 */
public final class Launcher {
  private static final int NEEDED = 21;

  private Launcher() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    String version = System.getProperty("java.specification.version", "0");
    if (major(version) < NEEDED) {
      System.err.println(
          "benchmark-results needs Java "
              + NEEDED
              + " or newer; this is Java "
              + version
              + " in "
              + System.getProperty("java.home")
              + ". Set JAVA_HOME and PATH to a newer one, or use mvn compile exec:exec, which finds an"
              + " installed one.");
      System.exit(1);
    }
    // By name: this class must load where that one cannot.
    Class.forName("org.benchmarkresults.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** Java 8 calls itself 1.8. */
  private static int major(String version) {
    String[] parts = version.split("\\.");
    return Integer.parseInt("1".equals(parts[0]) && parts.length > 1 ? parts[1] : parts[0]);
  }
}

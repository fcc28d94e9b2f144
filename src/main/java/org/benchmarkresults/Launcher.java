package org.benchmarkresults;

/**
 * The main class of the jar. It is compiled for Java 8, so that an older Java reports which version
 * is needed instead of an unknown class file version.
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
    // By name, because an older Java cannot load Main.
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

package org.benchmarkresults.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Main;

/** The service in a process of its own, to be killed as one. */
public final class ServiceProcess implements AutoCloseable {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Process process;

  private ServiceProcess(Process process) {
    this.process = process;
  }

  /**
   * Comes back at once; the service is still starting.
   *
   * @param log where its output goes
   * @param options of the JVM
   */
  public static ServiceProcess start(Map<String, String> environment, Path log, String... options) {
    List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx192m", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
    java.environment().putAll(environment);
    try {
      return new ServiceProcess(
          java.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill} does: it may tidy up, and has when this comes back. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}

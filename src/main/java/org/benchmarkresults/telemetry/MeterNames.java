package org.benchmarkresults.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;

/**
 * Renames JVM meters to what {@code promtool check metrics} accepts: base units, no reserved
 * suffix.
 */
final class MeterNames {
  private static final String PROCESSORS = "system.cpu.count";
  private static final String CPU_NANOSECONDS = "process.cpu.time";

  private MeterNames() {}

  static void applyTo(MeterRegistry registry) {
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith(CPU_NANOSECONDS))
        .meterFilter(
            new MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                return id.getName().equals(PROCESSORS) ? id.withName("system.cpus") : id;
              }
            });
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / 1e9)
        .description("CPU time that the process has taken.")
        .baseUnit("seconds")
        .register(registry);
  }
}

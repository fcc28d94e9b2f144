package org.benchmarkresults.storage;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.benchmarkresults.backend.Backend;
import org.opentest4j.TestAbortedException;

/** Properties need a MongoDB like all tests: without one they are skipped and say so. */
public final class SkippedWithoutMongod implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    try (var unused = Backend.MONGOD.freshDatabase()) {
      return SkipResult.doNotSkip();
    } catch (TestAbortedException e) {
      return SkipResult.skip(e.getMessage());
    }
  }
}

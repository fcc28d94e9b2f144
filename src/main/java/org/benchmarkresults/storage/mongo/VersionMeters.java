package org.benchmarkresults.storage.mongo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.benchmarkresults.model.result.Stage;

/**
 * Counts new versions by whether the model changed: results of two models under one name are mostly
 * a mistake of the sender.
 */
public final class VersionMeters {
  private static final String NAME = "results.versions";
  private static final String MODEL = "model_id";

  private final Counter sameModel;
  private final Counter otherModel;

  public VersionMeters(MeterRegistry meters, Stage stage) {
    sameModel = counter(meters, stage, "false");
    otherModel = counter(meters, stage, "true");
  }

  private static Counter counter(MeterRegistry meters, Stage stage, String modelChanged) {
    return Counter.builder(NAME)
        .description("Versions stored under a name that was there, by whether the model changed.")
        .tag("stage", stage.path())
        .tag("model_changed", modelChanged)
        .register(meters);
  }

  public void stored(List<String> changed) {
    (changed.contains(MODEL) ? otherModel : sameModel).increment();
  }
}

package org.benchmarkresults.storage;

import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.Stage;

/**
 * The names of the collections: results, their earlier versions, deleted ones, the chunks of large
 * data; and of what the nodes share.
 */
record Collections(String rawInput, String standardizedOutput) {
  static Collections of(Config.Mongo config) {
    return new Collections(config.rawInputCollection(), config.standardizedOutputCollection());
  }

  String results(Stage stage) {
    return switch (stage) {
      case RAW -> rawInput;
      case STANDARDIZED -> standardizedOutput;
    };
  }

  String versions(Stage stage) {
    return results(stage) + "_versions";
  }

  /** Whole documents of results that were deleted and can be restored. */
  String deleted(Stage stage) {
    return results(stage) + "_deleted";
  }

  String chunks(Stage stage) {
    return results(stage) + "_chunks";
  }

  /** What one node alone does, and which. */
  String leases() {
    return "leases";
  }
}

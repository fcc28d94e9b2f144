package org.benchmarkresults.storage.mongo;

import org.benchmarkresults.model.result.Stage;

/**
 * The names of the collections: results, their earlier versions, deleted ones, the chunks of large
 * data; and of what the nodes share.
 */
public record CollectionNames(String rawInput, String standardizedOutput) {
  public static CollectionNames standard() {
    return new CollectionNames(Stage.RAW.path(), Stage.STANDARDIZED.path());
  }

  public String results(Stage stage) {
    return switch (stage) {
      case RAW -> rawInput;
      case STANDARDIZED -> standardizedOutput;
    };
  }

  public String versions(Stage stage) {
    return results(stage) + "_versions";
  }

  /** Whole documents of results that were deleted and can be restored. */
  public String deleted(Stage stage) {
    return results(stage) + "_deleted";
  }

  public String chunks(Stage stage) {
    return results(stage) + "_chunks";
  }

  /** What one node alone does, and which. */
  public String leases() {
    return "leases";
  }
}

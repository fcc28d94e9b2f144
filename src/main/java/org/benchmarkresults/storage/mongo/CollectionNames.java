package org.benchmarkresults.storage.mongo;

import org.benchmarkresults.model.result.Stage;

/** The names of the collections of the service. */
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

  /** Deleted results that can be restored. */
  public String deleted(Stage stage) {
    return results(stage) + "_deleted";
  }

  public String chunks(Stage stage) {
    return results(stage) + "_chunks";
  }

  /** The annotations of result names. */
  public String annotations() {
    return "annotations";
  }

  /** One document for each change of annotations. */
  public String annotationChanges() {
    return "annotation_changes";
  }

  /** One document for each label that was ever set. */
  public String labels() {
    return "labels";
  }

  /** One document for each observation. */
  public String observations() {
    return "observations";
  }

  /** One document for each result that was read for observations. */
  public String derivations() {
    return "derivations";
  }

  /** How far the results were read for observations, by which adapters. */
  public String derivationState() {
    return "derivation_state";
  }

  /** One document for each attachment, without its bytes. */
  public String attachments() {
    return "attachments";
  }

  /** The bytes of attachments. */
  public String attachmentChunks() {
    return "attachment_chunks";
  }

  /** Attachments that were removed, until their bytes are. */
  public String removedAttachments() {
    return "attachments_removed";
  }

  /** Leases of the work that one node does for all. */
  public String leases() {
    return "leases";
  }

  /** Bulk operations, one document each. */
  public String bulkOperations() {
    return "bulk_operations";
  }

  /** The sets of bulk operations, in chunks. */
  public String bulkItems() {
    return "bulk_items";
  }
}

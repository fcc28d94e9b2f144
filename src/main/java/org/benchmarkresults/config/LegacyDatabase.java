package org.benchmarkresults.config;

/**
 * The database of the FastAPI service that this service replaces.
 *
 * @param url connection string that names the database
 * @param rawCollection its raw inputs
 * @param standardizedCollection its standardized outputs
 */
public record LegacyDatabase(Secret url, String rawCollection, String standardizedCollection) {
  public LegacyDatabase {
    new Requirements()
        .that(
            url.value().matches("mongodb(\\+srv)?://.*"),
            "--from must begin with mongodb:// or mongodb+srv://")
        .that(!rawCollection.isBlank(), "--raw-collection is empty")
        .that(!standardizedCollection.isBlank(), "--standardized-collection is empty")
        .that(
            !rawCollection.equals(standardizedCollection),
            "--raw-collection and --standardized-collection are both " + rawCollection)
        .orFail();
  }
}

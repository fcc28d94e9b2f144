package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.ImportDatabases.Run;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How runs of the command follow each other, end, and tell what they could not do. */
@OnMongod
class ImportRunsTest {
  private static final String NOTHING =
      "read 0, stored 0, already_stored 0, new_version 0, refused 0";

  @TempDir private Path folder;
  @RegisterExtension final ImportDatabases room;

  ImportRunsTest(Backend backend) {
    room = new ImportDatabases(backend);
  }

  @Test
  void whatCannotBeKeptIsListedWithItsReason() throws IOException {
    Path report = folder.resolve("refused.jsonl");
    room.insert("raw", ImportDatabases.record("good", new BsonInt32(1)));
    PoisonedRecords.all().forEach((reason, record) -> room.insert("standardized", record));

    Run run = room.run("--report", report.toString());

    int refused = PoisonedRecords.all().size();
    assertEquals(3, run.exitCode(), run::toString);
    assertTrue(run.out().get(0).endsWith("stored 1, already_stored 0, new_version 0, refused 0"));
    assertEquals(
        "standardized: read "
            + refused
            + ", stored 0, already_stored 0, new_version 0, refused "
            + refused,
        run.out().get(1));
    List<JsonObject> lines = Files.readAllLines(report).stream().map(JsonObject::new).toList();
    assertEquals(
        List.copyOf(PoisonedRecords.all().keySet()),
        lines.stream().map(line -> line.getString("reason")).toList());
    assertTrue(
        lines.stream().allMatch(line -> line.getString("collection").equals("standardized")));
    assertTrue(lines.stream().allMatch(line -> line.getJsonObject("_id").containsKey("$oid")));
    assertEquals("[]", room.get("/standardized_output").text());
  }

  @Test
  void aRunThatGoesOnStillTellsWhatAnEarlierOneRefused() {
    room.insert("raw", ImportDatabases.record("good", new BsonInt32(1)));
    room.insert("raw", new BsonDocument("pk", new BsonString("poor")));
    Run first = room.run();
    room.insert("raw", ImportDatabases.record("later", new BsonInt32(1)));

    Run second = room.run();
    Run again = room.run("--again");

    assertEquals(3, first.exitCode(), first::toString);
    assertEquals(3, second.exitCode(), second::toString);
    assertEquals(
        "raw: read 1, stored 1, already_stored 0, new_version 0, refused 0", second.out().get(0));
    assertTrue(
        second
            .out()
            .contains(
                "raw, all runs: read 3, stored 2, already_stored 0, new_version 0, refused 1"),
        second::toString);
    assertEquals(3, again.exitCode(), again::toString);
    assertEquals(2, again.out().size(), again::toString);
  }

  @Test
  void namesThatNoLongerMayBeAreReplacedAndKeptBeside() {
    insertNamed("", "bench", "-bench-run1");
    insertNamed("2025-01-02T03:04:05Z", " ", "2025-01-02T03:04:05Z- -run2");
    insertNamed("2025-01-02T03:04:05Z", "a\tb\u007f", "2025-01-02T03:04:05Z-a\tb\u007f-run3");

    Run run = room.run();
    Run again = room.run("--again");

    assertEquals(0, run.exitCode(), run::toString);
    assertTrue(again.out().get(0).contains("already_stored 3"), again::toString);
    assertImported("unknown-bench-run1", "{\"timestamp\":\"\"}", "-bench-run1");
    assertImported(
        "2025-01-02T03:04:05Z-unnamed-run2",
        "{\"benchmark_name\":\" \"}",
        "2025-01-02T03:04:05Z- -run2");
    assertImported(
        "2025-01-02T03:04:05Z-a\u2409b\u2421-run3",
        "{\"benchmark_name\":\"a\\tb\u007f\"}",
        "2025-01-02T03:04:05Z-a\tb\u007f-run3");
  }

  private void insertNamed(String timestamp, String benchmarkName, String pk) {
    room.insert(
        "raw",
        new BsonDocument("pk", new BsonString(pk))
            .append("timestamp", new BsonString(timestamp))
            .append("benchmark_name", new BsonString(benchmarkName))
            .append("data", new BsonInt32(1)));
  }

  private void assertImported(String resultName, String originals, String pk) {
    JsonObject row =
        room.list("/raw_input").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("pk").equals(resultName))
            .findFirst()
            .orElseThrow();
    assertEquals(new JsonObject(originals), row.getJsonObject("imported_from"));
    assertEquals(pk, row.getJsonObject("extra").getString("pk"));
  }

  @Test
  void whatIsRefusedIsPrintedWhenNoFileIsNamed() {
    for (int i = 0; i < 25; i++) {
      room.insert("raw", new BsonDocument("pk", new BsonString("pk " + i)));
    }

    Run run = room.run();

    assertEquals(3, run.exitCode());
    assertTrue(run.terminal().contains("\"pk\":\"pk 19\",\"reason\":\"it has no timestamp\""));
    assertFalse(run.terminal().contains("pk 20"), run::toString);
    assertTrue(run.terminal().contains("and 5 more"), run::toString);
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstEnded() {
    room.insert("raw", ImportDatabases.record("first", new BsonInt32(1)));
    Run first = room.run();
    room.insert("raw", ImportDatabases.record("second", new BsonInt32(2)));

    Run second = room.run();
    Run third = room.run();
    Run again = room.run("--again");

    assertEquals(0, first.exitCode(), first::toString);
    String one = "raw: read 1, stored 1, already_stored 0, new_version 0, refused 0";
    assertEquals(one, second.out().get(0));
    assertEquals("raw: " + NOTHING, third.out().get(0));
    assertEquals(
        "raw: read 2, stored 0, already_stored 2, new_version 0, refused 0", again.out().get(0));
    assertEquals(2, room.list("/raw_input").size());
  }

  /** MongoDB orders by type first, and "greater than" never leaves a type. */
  @Test
  void idsOfAllTypesAreReadOverManyBatches() {
    List<BsonDocument> records = new ArrayList<>();
    IntStream.range(0, 900).forEach(i -> records.add(identified(new BsonInt32(i))));
    IntStream.range(0, 200).forEach(i -> records.add(identified(new BsonDouble(i + 0.5))));
    IntStream.range(0, 300).forEach(i -> records.add(identified(new BsonString("é" + i))));
    IntStream.range(0, 5)
        .forEach(i -> records.add(identified(new BsonDocument("k", new BsonInt32(i)))));
    IntStream.range(0, 700).forEach(i -> records.add(identified(new BsonObjectId())));
    IntStream.range(0, 5).forEach(i -> records.add(identified(new BsonDateTime(i))));
    records.add(identified(BsonNull.VALUE));
    records.add(identified(new BsonMinKey()));
    records.add(identified(new BsonMaxKey()));
    room.insert("raw", records);

    Run run = room.run();
    Run again = room.run("--again");

    int count = records.size();
    assertEquals(
        "raw: read " + count + ", stored " + count + ", already_stored 0, new_version 0, refused 0",
        run.out().get(0));
    assertTrue(again.out().get(0).contains("already_stored " + count), again::toString);
    assertEquals(count, room.list("/raw_input").size());
  }

  @Test
  void theGreatestIdMayEndABatch() {
    room.insert("raw", List.of(identified(new BsonInt32(1)), identified(new BsonMaxKey())));

    Run run = room.run();
    Run second = room.run();

    assertEquals(
        "raw: read 2, stored 2, already_stored 0, new_version 0, refused 0", run.out().get(0));
    assertEquals("raw: " + NOTHING, second.out().get(0));
  }

  private static BsonDocument identified(BsonValue id) {
    BsonDocument record = ImportDatabases.record("r-" + id, new BsonInt32(1));
    record.put("_id", id);
    return record;
  }

  @Test
  void theSourceIsLeftAsItWas() {
    PoisonedData.all()
        .forEach(value -> room.insert("raw", ImportDatabases.record("" + value.hashCode(), value)));
    PoisonedRecords.all().values().forEach(record -> room.insert("standardized", record));
    String before = room.sourceHash();

    Run run = room.run();

    assertEquals(3, run.exitCode(), run::toString);
    assertEquals(before, room.sourceHash());
  }

  @Test
  void aDatabaseWithoutTheCollectionsIsAFailure() {
    Run run = room.run();

    assertEquals(1, run.exitCode());
    assertTrue(run.terminal().contains("none of these is there: "), run::toString);
  }

  @Test
  void aReportThatCannotBeWrittenIsAFailure() {
    room.insert("raw", ImportDatabases.record("run", new BsonInt32(1)));

    Run run = room.run("--report", folder.toString());

    assertEquals(1, run.exitCode());
    assertTrue(run.terminal().contains(folder.toString()), run::toString);
    assertEquals("[]", room.get("/raw_input").text());
  }

  @Test
  void aPasswordIsNeverTold() {
    room.insert("raw", ImportDatabases.record("run", new BsonInt32(1)));

    Run wrong = room.runFrom(room.sourceUrl().replaceFirst("//([^@/]*@)?", "//me:s3cr3t@"));
    Run broken = room.runFrom("mongodb://me:s3c/r3t@localhost/db");

    assertEquals(1, wrong.exitCode());
    assertTrue(wrong.terminal().contains("rejects the user name or the password"), wrong::toString);
    assertEquals(1, broken.exitCode());
    assertFalse((wrong + " " + broken).contains("s3c"), wrong + " " + broken);
  }

  @Test
  void whatWasBroughtInIsWrittenDown() {
    room.insert("raw", ImportDatabases.record("one", new BsonInt32(1)));
    room.insert("standardized", ImportDatabases.record("two", new BsonInt32(2)));
    room.run();
    room.run("--again");

    JsonArray trail = room.list("/audit");

    List<String> entries =
        trail.stream()
            .map(JsonObject.class::cast)
            .map(
                entry ->
                    entry.getString("action")
                        + " "
                        + entry.getString("stage")
                        + " "
                        + entry.getInteger("version")
                        + " "
                        + entry.getString("caller"))
            .toList();
    String caller = "1 command:" + System.getProperty("user.name");
    assertEquals(
        List.of(
            "already_stored standardized_output " + caller,
            "already_stored raw_input " + caller,
            "stored standardized_output " + caller,
            "stored raw_input " + caller),
        entries);
    String name = trail.getJsonObject(3).getString("result_name");
    assertEquals(2, room.list("/audit?result_name=" + ImportDatabases.name("one")).size());
    assertTrue(name.endsWith("-Evalchemy-one"), name);
  }
}

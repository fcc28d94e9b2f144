package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.ImportRoom.Run;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.storage.BsonMeaning;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Bringing in the database of the replaced service, which is always a real MongoDB. */
public abstract class ImportSuite {
  private static final String NOTHING = "read 0, stored 0, already_stored 0, new_version 0, refused 0";

  @TempDir private Path folder;
  @RegisterExtension final ImportRoom room;

  protected ImportSuite(Backend backend) {
    room = new ImportRoom(backend);
  }

  @Test
  void dataOfEveryKindMeansTheSameAfterwards() {
    List<BsonValue> all = PoisonedData.all();
    for (int i = 0; i < all.size(); i++) {
      room.insert("raw", ImportRoom.record("r" + i, all.get(i)));
    }

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    for (int i = 0; i < all.size(); i++) {
      Answer data = room.get("/raw_input/" + ImportRoom.name("r" + i) + "/data");
      assertEquals(200, data.status(), data::toString);
      BsonMeaning.requireSame(all.get(i), data.text());
    }
  }

  @Test
  void dataThatIsATextHoldingJsonIsThatJson() {
    room.insert("raw", ImportRoom.record("object", new BsonString(" {\"a\": [1.10, NaN]} ")));
    room.insert("raw", ImportRoom.record("number", new BsonString("123")));
    room.insert("raw", ImportRoom.record("broken", new BsonString("{\"a\":")));
    room.insert("raw", ImportRoom.record("two", new BsonString("[1] [2]")));
    room.insert("raw", ImportRoom.record("inf", new BsonString("[INF]")));

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    assertEquals(" {\"a\": [1.10, NaN]} ", data("object"));
    assertEquals("\"123\"", data("number"));
    assertEquals("\"{\\\"a\\\":\"", data("broken"));
    assertEquals("\"[1] [2]\"", data("two"));
    assertEquals("\"[INF]\"", data("inf"));
    assertEquals(1, detail("object").getInteger("non_finite"));
  }

  private String data(String runId) {
    return room.get("/raw_input/" + ImportRoom.name(runId) + "/data").text();
  }

  private JsonObject detail(String runId) {
    return room.get("/raw_input/" + ImportRoom.name(runId)).json();
  }

  @Test
  void bothCollectionsComeInUnderTheNamesTheyHad() {
    room.insert("raw", ImportRoom.record("2025-1", new BsonInt32(1)).append("tasks", new BsonString("aime24")));
    room.insert("standardized", ImportRoom.record("2025-1", new BsonInt32(2)));

    Run run = room.run();

    String counts = ": read 1, stored 1, already_stored 0, new_version 0, refused 0";
    assertEquals(List.of("raw" + counts, "standardized" + counts), run.out());
    JsonObject raw = detail("2025-1");
    assertEquals("2025-1", raw.getString("run_id"));
    assertEquals("Evalchemy", raw.getString("benchmark_name"));
    assertEquals("org/model", raw.getString("model_id"));
    assertEquals("aime24", raw.getString("tasks"));
    assertNull(raw.getJsonObject("extra"));
    assertEquals(
        "2", room.get("/standardized_output/" + ImportRoom.name("2025-1") + "/data").text());
  }

  @Test
  void aPkOfAnotherFormIsKeptBesideARunIdThatFollowsFromTheId() {
    ObjectId first = new ObjectId();
    ObjectId second = new ObjectId();
    room.insert("raw", bare(new BsonObjectId(first)).append("pk", new BsonString("of its own")));
    room.insert("raw", bare(new BsonObjectId(second)).append("pk", BsonNull.VALUE));
    room.insert("raw", bare(new BsonInt32(7)).append("pk", new BsonInt32(8)));
    room.insert("raw", bare(new BsonInt32(8)).append("run_id", new BsonString("own")));

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    JsonObject kept = detail("imported-" + first.toHexString());
    assertEquals("of its own", kept.getJsonObject("extra").getString("pk"));
    assertNull(detail("imported-" + second.toHexString()).getJsonObject("extra"));
    assertEquals(200, room.get("/raw_input/" + ImportRoom.name("own")).status());
    assertEquals(4, room.list("/raw_input").size());
  }

  private static BsonDocument bare(BsonValue id) {
    BsonDocument record = ImportRoom.record("", new BsonInt32(1));
    record.remove("pk");
    record.put("_id", id);
    return record;
  }

  @Test
  void membersOfAnotherTypeAreKeptAsFurtherMembers() {
    BsonDocument record =
        ImportRoom.record("run", new BsonInt32(1))
            .append("model_id", new BsonInt32(7))
            .append("tokenizer_id", BsonNull.VALUE)
            .append("source", new BsonString("x".repeat(5_000)))
            .append("$odd.name", new BsonDouble(1));
    room.insert("raw", record);

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    JsonObject detail = detail("run");
    assertNull(detail.getString("model_id"));
    assertEquals(7, detail.getJsonObject("extra").getInteger("model_id"));
    assertEquals(5_000, detail.getJsonObject("extra").getString("source").length());
    assertFalse(detail.getJsonObject("extra").containsKey("tokenizer_id"));
    assertEquals(1.0, detail.getDouble("$odd.name"));
  }

  @Test
  void timestampsThatAreNoTextBecomeOne() {
    room.insert("raw", timed("a", new BsonDateTime(1_754_481_600_123L)));
    room.insert("raw", timed("b", new BsonDouble(1754481600.25)));
    room.insert("raw", timed("c", new BsonInt64(1_754_481_600)));

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    Set<String> timestamps =
        room.list("/raw_input").stream()
            .map(row -> ((JsonObject) row).getString("timestamp"))
            .collect(Collectors.toSet());
    assertEquals(
        Set.of("2025-08-06T12:00:00.123Z", "1754481600.25", "1754481600"), timestamps);
  }

  private static BsonDocument timed(String runId, BsonValue timestamp) {
    return ImportRoom.record(runId, new BsonInt32(1)).append("timestamp", timestamp);
  }

  @Test
  void whatCannotBeKeptIsListedWithItsReason() throws IOException {
    Path report = folder.resolve("refused.jsonl");
    room.insert("raw", ImportRoom.record("good", new BsonInt32(1)));
    PoisonedRecords.all().forEach((reason, record) -> room.insert("standardized", record));

    Run run = room.run("--report", report.toString());

    int refused = PoisonedRecords.all().size();
    assertEquals(3, run.exitCode(), run::toString);
    assertTrue(run.out().get(0).endsWith("stored 1, already_stored 0, new_version 0, refused 0"));
    assertEquals(
        "standardized: read " + refused + ", stored 0, already_stored 0, new_version 0, refused "
            + refused,
        run.out().get(1));
    List<JsonObject> lines = Files.readAllLines(report).stream().map(JsonObject::new).toList();
    assertEquals(
        List.copyOf(PoisonedRecords.all().keySet()),
        lines.stream().map(line -> line.getString("reason")).toList());
    assertTrue(lines.stream().allMatch(line -> line.getString("collection").equals("standardized")));
    assertTrue(lines.stream().allMatch(line -> line.getJsonObject("_id").containsKey("$oid")));
    assertEquals("[]", room.get("/standardized_output").text());
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
  void theListKeepsTheOrderInWhichTheyWereMade() {
    List<String> oldestFirst = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ObjectId id = new ObjectId(1_700_000_000 + i * 60, i);
      oldestFirst.add("r" + (i * 7 % 50));
      room.insert(
          "raw",
          ImportRoom.record("r" + (i * 7 % 50), new BsonInt32(i)).append("_id", new BsonObjectId(id)));
    }

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    JsonArray list = room.list("/raw_input");
    List<String> listed =
        list.stream().map(row -> ((JsonObject) row).getString("run_id")).toList();
    assertEquals(oldestFirst.reversed(), listed);
    assertEquals("2023-11-14T22:13:20Z", list.getJsonObject(49).getString("first_received_at").replace(".000", ""));
  }

  @Test
  void recordsOfOnePkBecomeVersionsInTheirOrder() {
    for (int i = 1; i <= 5; i++) {
      room.insert("raw", ImportRoom.record("run", new BsonInt32(i)));
    }
    room.insert("raw", ImportRoom.record("run", new BsonInt32(3)));

    Run run = room.run();

    assertEquals(
        "raw: read 6, stored 1, already_stored 1, new_version 4, refused 0", run.out().get(0));
    assertEquals("5", data("run"));
    String versions = room.get("/raw_input/" + ImportRoom.name("run") + "/versions").text();
    assertEquals(5, new JsonArray(versions).size());
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstEnded() {
    room.insert("raw", ImportRoom.record("first", new BsonInt32(1)));
    Run first = room.run();
    room.insert("raw", ImportRoom.record("second", new BsonInt32(2)));

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
    IntStream.range(0, 5).forEach(
        i -> records.add(identified(new BsonDocument("k", new BsonInt32(i)))));
    IntStream.range(0, 700).forEach(i -> records.add(identified(new BsonObjectId())));
    IntStream.range(0, 5).forEach(i -> records.add(identified(new BsonDateTime(i))));
    records.add(identified(BsonNull.VALUE));
    room.insert("raw", records);

    Run run = room.run();
    Run again = room.run("--again");

    int count = records.size();
    assertEquals(
        "raw: read " + count + ", stored " + count
            + ", already_stored 0, new_version 0, refused 0",
        run.out().get(0));
    assertTrue(again.out().get(0).contains("already_stored " + count), again::toString);
    assertEquals(count, room.list("/raw_input").size());
  }

  private static BsonDocument identified(BsonValue id) {
    BsonDocument record = ImportRoom.record("r-" + id, new BsonInt32(1));
    record.put("_id", id);
    return record;
  }

  @Test
  void documentsAsLargeAsMongoTakesThemComeIn() {
    BsonArray numbers = new BsonArray();
    IntStream.range(0, 900_000).forEach(i -> numbers.add(new BsonInt32(i)));
    BsonValue text = new BsonString("é\"".repeat((16 << 20) / 3 - 1_000));
    room.insert("raw", ImportRoom.record("list", numbers));
    room.insert("raw", ImportRoom.record("text", text));

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    BsonMeaning.requireSame(numbers, data("list"));
    BsonMeaning.requireSame(text, data("text"));
  }

  @Test
  void theSourceIsLeftAsItWas() {
    PoisonedData.all().forEach(value -> room.insert("raw", ImportRoom.record("" + value.hashCode(), value)));
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
    room.insert("raw", ImportRoom.record("run", new BsonInt32(1)));

    Run run = room.run("--report", folder.toString());

    assertEquals(1, run.exitCode());
    assertTrue(run.terminal().contains(folder.toString()), run::toString);
    assertEquals("[]", room.get("/raw_input").text());
  }

  @Test
  void aPasswordIsNeverTold() {
    room.insert("raw", ImportRoom.record("run", new BsonInt32(1)));

    Run wrong = room.runFrom(room.sourceUrl().replaceFirst("//([^@/]*@)?", "//me:s3cr3t@"));
    Run broken = room.runFrom("mongodb://me:s3c/r3t@localhost/db");

    assertEquals(1, wrong.exitCode());
    assertTrue(wrong.terminal().contains("refuses the user or the password"), wrong::toString);
    assertEquals(1, broken.exitCode());
    assertFalse((wrong + " " + broken).contains("s3c"), wrong + " " + broken);
  }
}

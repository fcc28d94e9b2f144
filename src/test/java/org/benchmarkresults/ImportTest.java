package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.ImportDatabases.Run;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
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

/** Bringing in the database of the replaced service, which is always a real MongoDB. */
@OnDatabases
class ImportTest {
  @RegisterExtension final ImportDatabases room;

  ImportTest(Backend backend) {
    room = new ImportDatabases(backend);
  }

  @Test
  void dataOfEveryKindMeansTheSameAfterwards() {
    List<BsonValue> all = PoisonedData.all();
    for (int i = 0; i < all.size(); i++) {
      room.insert("raw", ImportDatabases.record("r" + i, all.get(i)));
    }

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    for (int i = 0; i < all.size(); i++) {
      Answer data = room.get("/raw_input/" + ImportDatabases.name("r" + i) + "/data");
      assertEquals(200, data.status(), data::toString);
      BsonMeaning.requireSame(all.get(i), data.text());
    }
  }

  @Test
  void dataThatIsATextHoldingJsonIsThatJson() {
    room.insert("raw", ImportDatabases.record("object", new BsonString(" {\"a\": [1.10, NaN]} ")));
    room.insert("raw", ImportDatabases.record("number", new BsonString("123")));
    room.insert("raw", ImportDatabases.record("broken", new BsonString("{\"a\":")));
    room.insert("raw", ImportDatabases.record("two", new BsonString("[1] [2]")));
    room.insert("raw", ImportDatabases.record("inf", new BsonString("[INF]")));

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
    return room.get("/raw_input/" + ImportDatabases.name(runId) + "/data").text();
  }

  private JsonObject detail(String runId) {
    return room.get("/raw_input/" + ImportDatabases.name(runId)).json();
  }

  @Test
  void bothCollectionsComeInUnderTheNamesTheyHad() {
    room.insert(
        "raw",
        ImportDatabases.record("2025-1", new BsonInt32(1))
            .append("tasks", new BsonString("aime24")));
    room.insert("standardized", ImportDatabases.record("2025-1", new BsonInt32(2)));

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
        "2", room.get("/standardized_output/" + ImportDatabases.name("2025-1") + "/data").text());
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
    assertEquals(200, room.get("/raw_input/" + ImportDatabases.name("own")).status());
    assertEquals(4, room.list("/raw_input").size());
  }

  private static BsonDocument bare(BsonValue id) {
    BsonDocument record = ImportDatabases.record("", new BsonInt32(1));
    record.remove("pk");
    record.put("_id", id);
    return record;
  }

  @Test
  void membersOfAnotherTypeAreKeptAsFurtherMembers() {
    BsonDocument record =
        ImportDatabases.record("run", new BsonInt32(1))
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
    assertEquals(Set.of("2025-08-06T12:00:00.123Z", "1754481600.25", "1754481600"), timestamps);
  }

  private static BsonDocument timed(String runId, BsonValue timestamp) {
    return ImportDatabases.record(runId, new BsonInt32(1)).append("timestamp", timestamp);
  }

  @Test
  void theListKeepsTheOrderInWhichTheyWereMade() {
    List<String> oldestFirst = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ObjectId id = new ObjectId(1_700_000_000 + i * 60, i);
      oldestFirst.add("r" + (i * 7 % 50));
      room.insert(
          "raw",
          ImportDatabases.record("r" + (i * 7 % 50), new BsonInt32(i))
              .append("_id", new BsonObjectId(id)));
    }

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    JsonArray list = room.list("/raw_input");
    List<String> listed = list.stream().map(row -> ((JsonObject) row).getString("run_id")).toList();
    assertEquals(oldestFirst.reversed(), listed);
    assertEquals(
        "2023-11-14T22:13:20Z",
        list.getJsonObject(49).getString("first_received_at").replace(".000", ""));
  }

  @Test
  void recordsOfOnePkBecomeVersionsInTheirOrder() {
    for (int i = 1; i <= 5; i++) {
      room.insert("raw", ImportDatabases.record("run", new BsonInt32(i)));
    }
    room.insert("raw", ImportDatabases.record("run", new BsonInt32(3)));

    Run run = room.run();

    assertEquals(
        "raw: read 6, stored 1, already_stored 1, new_version 4, refused 0", run.out().get(0));
    assertEquals("5", data("run"));
    String versions = room.get("/raw_input/" + ImportDatabases.name("run") + "/versions").text();
    assertEquals(5, new JsonArray(versions).size());
  }

  @Test
  void documentsAsLargeAsMongoTakesThemComeIn() {
    BsonArray numbers = new BsonArray();
    IntStream.range(0, 900_000).forEach(i -> numbers.add(new BsonInt32(i)));
    BsonValue text = new BsonString("é\"".repeat((16 << 20) / 3 - 1_000));
    room.insert("raw", ImportDatabases.record("list", numbers));
    room.insert("raw", ImportDatabases.record("text", text));

    Run run = room.run();

    assertEquals(0, run.exitCode(), run::toString);
    BsonMeaning.requireSame(numbers, data("list"));
    BsonMeaning.requireSame(text, data("text"));
  }
}

package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What API keys open, what they do not, and what is written down of it. */
@OnMongod
class KeysTest {
  private static final String FOREIGN = Bodies.withData("mmlu", "1");
  private static final String OWN = Bodies.withData("Eval-a", "1");

  private final Backend backend;
  private Vertx vertx;
  private Database database;
  private Server server;
  private Client client;
  private String all;
  private String reader;
  private String writer;
  private String restricted;
  private String admin;
  private String expired;
  private String revoked;

  KeysTest(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void start() {
    database = backend.freshDatabase();
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      all = keys.create("read,write,delete");
      reader = keys.create("read");
      writer = keys.create("write");
      restricted = keys.create("read,write,delete", "--benchmark-prefix", "Eval");
      admin = keys.create("admin");
      revoked = keys.create("read");
      assertEquals("", keys.run("revoke", revoked.substring(3, 19)).strip());
    }
    try (ApiKeys longAgo =
        new ApiKeys(config, Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)))) {
      expired = longAgo.create("read,write,delete,admin", "--expires", "1d");
    }
    vertx = Vertx.vertx();
    server = Server.start(config, Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  private static String[] by(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  private Answer delete(String path, String key) {
    return client.send(HttpMethod.DELETE, path, Buffer.buffer(), by(key)).await();
  }

  private Answer restore(String path, String key) {
    return client.send(HttpMethod.POST, path + "/restore", Buffer.buffer(), by(key)).await();
  }

  private List<String> names(Answer list, String member) {
    assertEquals(200, list.status(), list::toString);
    return new JsonArray(list.body())
        .stream().map(JsonObject.class::cast).map(row -> row.getString(member)).toList();
  }

  @Test
  void withoutATokenNothingIsDoneButProbesAndTheContract() {
    Answer answer = client.post("/raw_input", OWN);

    requireProblem(answer, 401, "token-missing", "/raw_input");
    assertEquals("Bearer realm=\"benchmark-results\"", answer.header("WWW-Authenticate"));
    assertEquals(401, client.get("/raw_input").status());
    assertEquals(401, client.get("/metrics").status());
    for (String open : List.of("/health", "/health/live", "/openapi.json", "/docs")) {
      assertEquals(200, client.get(open).status(), open);
    }
    assertEquals(List.of(), names(client.get("/raw_input", by(reader)), "pk"));
  }

  @Test
  void whatIsNoKeyOfTheServiceIsRefusedInOneWay() {
    String otherSecret = reader.substring(0, 20) + "A".repeat(43);
    String otherId = "br_0000000000000000_" + reader.substring(20);
    Set<String> details = new HashSet<>();

    for (String key : List.of(otherSecret, otherId, expired, "br_", reader + "x")) {
      Answer answer = client.get("/raw_input", by(key));
      JsonObject problem = requireProblem(answer, 401, "token-refused", "/raw_input");
      details.add(problem.getString("detail"));
      assertFalse(answer.text().contains(key), answer::toString);
      assertTrue(answer.header("WWW-Authenticate").endsWith("error=\"invalid_token\""));
    }
    assertEquals(1, details.size(), details::toString);
    assertEquals(401, client.get("/raw_input", "Authorization", "Basic YTpi").status());
    assertEquals(401, client.get("/raw_input", "Authorization", reader).status());
  }

  @Test
  void aKeyOpensWhatItsScopesSay() {
    assertEquals(200, client.post("/raw_input", OWN, by(writer)).status());
    String path = Bodies.path("Eval-a");

    requireProblem(client.post("/raw_input", OWN, by(reader)), 403, "scope-missing", "/raw_input");
    requireProblem(client.get("/raw_input", by(writer)), 403, "scope-missing", "/raw_input");
    assertEquals(403, delete(path, reader).status());
    assertEquals(403, delete(path, writer).status());
    assertEquals(403, client.get(path, by(admin)).status());
    assertEquals(403, client.get("/audit", by(all)).status());
    assertEquals(200, client.get(path, by(reader)).status());
    assertEquals(200, delete(path, all).status());
    assertEquals(403, restore(path, reader).status());
    assertEquals(200, restore(path, all).status());
  }

  @Test
  void aRestrictedKeySeesAndChangesItsBenchmarksAlone() {
    assertEquals(200, client.post("/raw_input", FOREIGN, by(all)).status());
    assertEquals(200, client.post("/raw_input", OWN, by(restricted)).status());
    String foreign = Bodies.path("mmlu");

    requireProblem(
        client.post("/raw_input", FOREIGN, by(restricted)), 403, "beyond-reach", "/raw_input");
    for (String part : List.of("", "/data", "/versions", "?version=1")) {
      assertEquals(404, client.get(foreign + part, by(restricted)).status(), part);
      assertEquals(200, client.get(foreign + part, by(all)).status(), part);
    }
    assertEquals(404, client.head(foreign, by(restricted)).status());
    assertEquals(404, delete(foreign, restricted).status());
    assertEquals(200, delete(foreign, all).status());
    assertEquals(404, restore(foreign, restricted).status());
    assertEquals(List.of(), names(client.get("/raw_input?deleted=true", by(restricted)), "pk"));
    assertEquals(200, restore(foreign, all).status());
    assertEquals(200, delete(Bodies.path("Eval-a"), restricted).status());
    assertEquals(200, restore(Bodies.path("Eval-a"), restricted).status());
  }

  @Test
  void listsOfARestrictedKeyHoldItsBenchmarksAlone() {
    assertEquals(200, client.post("/raw_input", FOREIGN, by(all)).status());
    assertEquals(200, client.post("/raw_input", OWN, by(all)).status());

    for (String query :
        List.of(
            "",
            "?limit=10",
            "?filter=benchmark_name!=x",
            "?benchmark_name=mmlu&benchmark_name=Eval-a")) {
      assertEquals(
          List.of("Eval-a"),
          names(client.get("/raw_input" + query, by(restricted)), "benchmark_name"),
          query);
    }
    assertEquals(
        "1", client.get("/raw_input?limit=1&count=true", by(restricted)).header("X-Total-Count"));
    assertEquals(
        List.of(), names(client.get("/raw_input?benchmark_name=mmlu", by(restricted)), "pk"));
    for (String query : List.of("", "?prefix=E", "?prefix=Eval-")) {
      assertEquals(
          List.of("Eval-a"),
          names(client.get("/benchmarks" + query, by(restricted)), "name"),
          query);
    }
    assertEquals(List.of(), names(client.get("/benchmarks?prefix=m", by(restricted)), "name"));
    assertEquals(List.of("Eval-a", "mmlu"), names(client.get("/benchmarks", by(reader)), "name"));
    JsonArray run = client.get("/runs/run", by(restricted)).json().getJsonArray("results");
    assertEquals(1, run.size(), run::toString);
    for (String path : List.of("/models", "/sources", "/retention/preview")) {
      requireProblem(client.get(path, by(restricted)), 403, "beyond-reach", path);
    }
  }

  @Test
  void eachLineOfALoadIsJudgedByItself() {
    Buffer lines = Buffer.buffer(OWN + "\n" + FOREIGN + "\n");

    Answer answer =
        client
            .send(
                HttpMethod.POST,
                "/raw_input",
                lines,
                "Authorization",
                "Bearer " + restricted,
                "Content-Type",
                "application/x-ndjson")
            .await();

    List<Integer> statuses =
        answer
            .text()
            .lines()
            .map(JsonObject::new)
            .sorted(java.util.Comparator.comparing(line -> line.getInteger("line")))
            .map(line -> line.getInteger("status"))
            .toList();
    assertEquals(List.of(200, 403), statuses);
    assertEquals(List.of("Eval-a"), names(client.get("/raw_input", by(reader)), "benchmark_name"));
  }

  /** Of two keys that read the same when joined one is beyond reach. */
  @Test
  void aNameThatIsTakenTellsNothingOfBenchmarksBeyondReach() {
    String taken =
        "{\"timestamp\":\"t\",\"benchmark_name\":\"hidden-Eval\",\"run_id\":\"r\",\"data\":1}";
    String own =
        "{\"timestamp\":\"t-hidden\",\"benchmark_name\":\"Eval\",\"run_id\":\"r\",\"data\":1}";
    assertEquals(200, client.post("/raw_input", taken, by(all)).status());

    Answer answer = client.post("/raw_input", own, by(restricted));
    Answer line =
        client
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(own + "\n"),
                "Authorization",
                "Bearer " + restricted,
                "Content-Type",
                "application/x-ndjson")
            .await();

    requireProblem(answer, 403, "beyond-reach", "/raw_input");
    assertTrue(line.text().contains("beyond-reach"), line::toString);
    assertFalse((answer.text() + line.text()).contains("hidden-Eval"), answer::toString);
  }

  @Test
  void everyChangeIsWrittenDownWithWhoMadeIt() {
    String path = Bodies.path("Eval-a");
    client.post("/raw_input", OWN, by(writer));
    client.post("/raw_input", OWN, by(all));
    client.post(
        "/raw_input",
        Bodies.withData("Eval-a", "2"),
        "Authorization",
        "Bearer " + all,
        "X-Request-Id",
        "mine");
    client.post("/raw_input", FOREIGN, by(restricted));
    delete(path, all);
    delete(path, all);
    restore(path, all);
    Buffer lines =
        Buffer.buffer(Bodies.withData("b", "1") + "\n" + Bodies.withData("c", "1") + "\n");
    client
        .send(
            HttpMethod.POST,
            "/standardized_output",
            lines,
            "Authorization",
            "Bearer " + writer,
            "Content-Type",
            "application/x-ndjson")
        .await();

    Answer trail = client.get("/audit", by(admin));

    assertEquals(
        List.of(
            "stored", "stored", "restored", "deleted", "new_version", "already_stored", "stored"),
        names(trail, "action").stream().filter(action -> !action.startsWith("key_")).toList());
    JsonObject version = new JsonArray(trail.body()).getJsonObject(4);
    assertEquals(
        Map.of(
            "action",
            "new_version",
            "stage",
            "raw_input",
            "name",
            Bodies.resultName("Eval-a"),
            "result_name",
            Bodies.resultName("Eval-a"),
            "version",
            2,
            "caller",
            "key:" + all.substring(3, 19),
            "address",
            "127.0.0.1",
            "request_id",
            "mine",
            "at",
            version.getString("at")),
        version.getMap());
    assertNull(new JsonArray(trail.body()).getJsonObject(3).getInteger("version"));
  }

  @Test
  void theTrailIsReadInPagesAndByWhatIsLookedFor() {
    for (int i = 0; i < 5; i++) {
      client.post("/raw_input", Bodies.withData("b" + i, "1"), by(i % 2 == 0 ? writer : all));
    }
    String since =
        new JsonArray(client.get("/audit?limit=2", by(admin)).body())
            .getJsonObject(1)
            .getString("at");

    List<String> paged = new java.util.ArrayList<>();
    String next = "/audit?limit=2";
    while (next != null) {
      Answer page = client.get(next, by(admin));
      paged.addAll(names(page, "result_name"));
      next = Links.next(page);
    }

    assertEquals(names(client.get("/audit", by(admin)), "result_name"), paged);
    assertEquals(5, new HashSet<>(paged.stream().filter(Objects::nonNull).toList()).size());
    assertEquals(
        3,
        names(client.get("/audit?caller=key:" + writer.substring(3, 19), by(admin)), "at").size());
    assertEquals(
        List.of("stored"),
        names(
            client.get("/audit?result_name=" + Bodies.encoded(Bodies.resultName("b3")), by(admin)),
            "action"));
    assertEquals(
        client
            .get("/audit?result_name=" + Bodies.encoded(Bodies.resultName("b3")), by(admin))
            .array(),
        client.get("/audit?name=" + Bodies.encoded(Bodies.resultName("b3")), by(admin)).array());
    assertTrue(names(client.get("/audit?since=" + since, by(admin)), "at").size() >= 2);
    assertEquals(
        List.of(), names(client.get("/audit?until=2001-01-01T00:00:00Z", by(admin)), "at"));
    assertEquals(422, client.get("/audit?cursor=none", by(admin)).status());
  }

  @Test
  void keysThatACommandMakesAreWrittenDown() {
    String id = writer.substring(3, 19);

    JsonArray found = new JsonArray(client.get("/audit?key_id=" + id, by(admin)).body());

    assertEquals(1, found.size(), found::encode);
    JsonObject entry = found.getJsonObject(0);
    assertEquals(
        Set.of("at", "action", "caller", "address", "request_id", "key_id"), entry.fieldNames());
    assertEquals("key_created", entry.getString("action"));
    assertEquals("command:" + System.getProperty("user.name"), entry.getString("caller"));
    assertEquals(id, entry.getString("key_id"));
    assertEquals(List.of(), names(client.get("/audit?key_id=" + writer, by(admin)), "at"));
    Answer table = client.get("/audit?format=csv&key_id=" + id, by(admin));
    assertEquals(
        "at,action,stage,result_name,version,caller,address,request_id,key_id,name\r\n"
            + entry.getString("at")
            + ",key_created,,,,"
            + entry.getString("caller")
            + ",\"\",\"\","
            + id
            + ",\r\n",
        table.text());
  }

  @Test
  void aKeyThatACommandRevokesIsWrittenDown() {
    String id = revoked.substring(3, 19);

    Answer trail = client.get("/audit?key_id=" + id, by(admin));

    assertEquals(List.of("key_revoked", "key_created"), names(trail, "action"));
    assertEquals(List.of(id, id), names(trail, "key_id"));
    String caller = "command:" + System.getProperty("user.name");
    assertEquals(List.of(caller, caller), names(trail, "caller"));
    assertFalse(trail.text().contains(revoked), trail::toString);
    assertEquals(401, client.get("/raw_input", by(revoked)).status());
  }

  @Test
  void aVersionThatIsMadeTheNewestAgainIsWrittenDown() {
    String path = Bodies.path("Eval-a");
    client.post("/raw_input", OWN, by(all));
    client.post("/raw_input", Bodies.withData("Eval-a", "2"), by(all));
    Buffer none = Buffer.buffer();
    client.send(HttpMethod.POST, path + "/restore?version=1", none, by(all)).await();

    JsonObject entry =
        new JsonArray(client.get("/audit?limit=1", by(admin)).body()).getJsonObject(0);

    assertEquals("restored", entry.getString("action"), entry::encode);
    assertEquals(3, entry.getInteger("version"), entry::encode);
    assertEquals("key:" + all.substring(3, 19), entry.getString("caller"));
  }

  @Test
  void aVersionThatIsTheNewestAlreadyIsWrittenDownToo() {
    String path = Bodies.path("Eval-a");
    client.post("/raw_input", OWN, by(all));
    client.send(HttpMethod.POST, path + "/restore?version=1", Buffer.buffer(), by(all)).await();

    JsonArray entries = new JsonArray(client.get("/audit", by(admin)).body());

    JsonObject entry = entries.getJsonObject(0);
    assertEquals("already_stored", entry.getString("action"), entries::encode);
    assertEquals(1, entry.getInteger("version"), entries::encode);
  }
}

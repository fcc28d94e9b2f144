package org.benchmarkresults.service.list;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Links;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists page by page, in every order. */
@OnDatabases
class PagesTest {
  private static final int RESULTS = 60;
  private static final int ARRIVING = 300;

  @RegisterExtension final RunningService service;

  /** The service that receives results while a list is read. */
  @RegisterExtension final RunningService busy;

  PagesTest(Backend backend) {
    service = RunningService.on(backend);
    busy = RunningService.on(backend);
  }

  @BeforeEach
  void storeResults() {
    store(service.client(), "/raw_input", 0, RESULTS);
  }

  private static void store(Client client, String path, int from, int to) {
    posting(client, path, from, to).await();
  }

  /** At once, so that many are received in the same millisecond. */
  private static Future<?> posting(Client client, String path, int from, int to) {
    return Future.all(
        IntStream.range(from, to).mapToObj(i -> client.posting(path, result(i))).toList());
  }

  /** Few names, models and moments, some missing, so that pages end between equal ones. */
  private static Buffer result(int number) {
    JsonObject result =
        new JsonObject()
            .put("run_id", "run %04d".formatted(number))
            .put("benchmark_name", "bench & co " + number % 3)
            .put("timestamp", number % 5 == 0 ? "soon" : "2026-04-2" + number % 4)
            .put("model_id", number % 4 == 0 ? null : "model/" + number % 3)
            .put("data", number);
    return result.toBuffer();
  }

  @ParameterizedTest
  @CsvSource({
    "received_at, 1", "received_at, 7", "-received_at, 7", "timestamp, 1", "timestamp, 7",
    "-timestamp, 7", "benchmark_name, 7", "-benchmark_name, 7", "model_id, 7", "-model_id, 1",
    "-model_id, 7", "model_id, 60", "model_id, 59", "model_id, 10000"
  })
  void pagesFollowedToTheEndAreTheWholeList(String sort, int limit) {
    List<JsonObject> whole = Lists.rows(service.client().get("/raw_input?sort=" + sort));

    List<JsonObject> rows =
        Lists.followed(service.client(), "/raw_input?limit=" + limit + "&sort=" + sort);

    assertEquals(RESULTS, whole.size());
    assertEquals(whole, rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"first_received_at", "received_at", "timestamp", "benchmark_name", "model_id"})
  void ordersAreWhatTheySayAndDescendingIsTheReverse(String sort) {
    List<JsonObject> rows = Lists.rows(service.client().get("/raw_input?sort=" + sort));
    List<JsonObject> descending = Lists.rows(service.client().get("/raw_input?sort=-" + sort));

    assertEquals(rows.stream().sorted(order(sort)).toList(), rows);
    assertEquals(rows.reversed(), descending);
  }

  private static Comparator<JsonObject> order(String sort) {
    Comparator<JsonObject> received = by("first_received_at").thenComparing(by("pk"));
    return switch (sort) {
      case "first_received_at", "received_at" -> received;
      case "timestamp" -> by("instant").thenComparing(by("pk"));
      default -> by(sort).thenComparing(received.reversed());
    };
  }

  private static Comparator<JsonObject> by(String member) {
    return Comparator.comparing(
        row -> row.getString(member), Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  @Test
  void withoutAWishTheNewestComesFirst() {
    List<JsonObject> plain = Lists.rows(service.client().get("/raw_input"));

    assertEquals(plain, Lists.rows(service.client().get("/raw_input?sort=-first_received_at")));
    assertEquals(plain, Lists.rows(service.client().get("/raw_input?sort=-received_at")));
    assertEquals(plain, Lists.followed(service.client(), "/raw_input?limit=13"));
  }

  @ParameterizedTest
  @CsvSource({
    "first_received_at, received_at", "received_at, first_received_at",
    "-first_received_at, -received_at", "-received_at, -first_received_at"
  })
  void cursorsFitBothNamesOfTheOrderOfReceipt(String one, String other) {
    Client client = service.client();
    String path = "/raw_input?limit=7&sort=" + one;
    String next = Links.next(path, client.get(path));

    List<JsonObject> page = Lists.rows(client.get(next));

    assertEquals(page, Lists.rows(client.get(next.replace("sort=" + one, "sort=" + other))));
    assertTrue(next.contains("sort=" + one), next);
  }

  @Test
  void aLinkKeepsWhatWasAskedFor() {
    String path =
        Lists.path(
            "/raw_input",
            "limit",
            "6",
            "sort",
            "-timestamp",
            "benchmark_name",
            "bench & co 1",
            "benchmark_name",
            "bench & co 2",
            "fields",
            "pk,extra.x y",
            "count",
            "true",
            "filter",
            "model_id=in=(\"model/1\",\"model/2\")");
    int total = 0;

    for (String page = path; page != null; ) {
      Answer answer = service.client().get(page);
      List<JsonObject> rows = Lists.rows(answer);
      assertTrue(rows.stream().allMatch(row -> row.fieldNames().equals(Set.of("pk"))));
      assertEquals("30", answer.header("X-Total-Count"));
      total += rows.size();
      page = Lists.next(answer);
    }

    assertEquals(30, total);
  }

  @Test
  void aListWithoutALimitHasNoLink() {
    Answer answer = service.client().get("/raw_input?sort=model_id");

    assertNull(Lists.next(answer));
  }

  @Test
  void aCursorWithoutALimitLeadsToTheEnd() {
    List<JsonObject> whole = Lists.rows(service.client().get("/raw_input"));
    String next = Lists.next(service.client().get("/raw_input?limit=7"));

    List<JsonObject> rest = Lists.rows(service.client().get(next.replace("limit=7&", "")));

    assertEquals(whole.subList(7, RESULTS), rest);
  }

  @Test
  void aPageThatIsJustFullIsTheLast() {
    assertNull(Lists.next(service.client().get("/raw_input?limit=" + RESULTS)));
    assertNull(Lists.next(service.client().get("/raw_input?limit=1&run_id=run%200001")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/raw_input?limit=2&sort=timestamp&cursor=",
        "/raw_input?limit=2&sort=-model_id&cursor=",
        "/raw_input?limit=2&cursor=",
        "/raw_input?limit=2&sort=model_id&source=x&cursor=",
        "/raw_input?limit=2&sort=model_id&filter=size==1&cursor=",
        "/raw_input?limit=2&sort=model_id&deleted=true&cursor=",
        "/standardized_output?limit=2&sort=model_id&cursor="
      })
  void aCursorIsForItsOwnListFilterAndOrder(String other) {
    String cursor = cursor("/raw_input?limit=2&sort=model_id");

    Answer answer = service.client().get(other + cursor);

    JsonObject problem =
        requireProblem(answer, 422, "invalid-query", other.substring(0, other.indexOf('?')));
    assertEquals(List.of("cursor"), pointers(problem));
  }

  @Test
  void aCursorThatWasTamperedWithIsRefused() {
    String cursor = cursor("/raw_input?limit=2");

    for (int i = 0; i < cursor.length(); i += 5) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
      Answer answer = service.client().get("/raw_input?limit=2&cursor=" + tampered);
      assertEquals(422, answer.status(), answer::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=5", "limit=2&count=true", "limit=2&fields=pk", ""})
  void whatDoesNotChangeTheListMayChangeBetweenPages(String shape) {
    String cursor = cursor("/raw_input?limit=2&sort=model_id");

    Answer answer = service.client().get("/raw_input?sort=model_id&" + shape + "&cursor=" + cursor);

    assertEquals(200, answer.status(), answer::toString);
  }

  private String cursor(String path) {
    String next = Lists.next(service.client().get(path));
    return next.substring(next.indexOf("cursor=") + "cursor=".length());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 60", "&benchmark_name=bench%20%26%20co%201, 20", "&model_id=x, 0",
    "&filter=model_id=exists=false, 15", "&limit=7, 60", "&_timestamp=soon, 60"
  })
  void countsAreExact(String query, String count) {
    Answer answer = service.client().get("/raw_input?count=true" + query);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(count, answer.header("X-Total-Count"));
  }

  @Test
  void nobodyCountsUnasked() {
    assertNull(service.client().get("/raw_input?limit=1").header("X-Total-Count"));
    assertNull(service.client().get("/raw_input?count=false").header("X-Total-Count"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-received_at", "received_at", "-timestamp", "model_id"})
  void resultsThatArriveMeanwhileNeitherRepeatNorHideAny(String sort) {
    String path = "/standardized_output?limit=5&sort=" + sort;
    Client client = busy.client();
    store(client, "/standardized_output", 0, RESULTS);
    List<String> atTheStart = Lists.members(client.get(path.replace("limit=5&", "")), "pk");
    int from = atTheStart.size();
    Future<?> arriving = posting(client, "/standardized_output", from, from + ARRIVING);

    List<String> seen = new ArrayList<>();
    Lists.followed(client, path).forEach(row -> seen.add(row.getString("pk")));

    arriving.await();
    assertEquals(new HashSet<>(seen).size(), seen.size());
    Set<String> first = new HashSet<>(atTheStart);
    assertEquals(atTheStart, seen.stream().filter(first::contains).toList());
  }
}

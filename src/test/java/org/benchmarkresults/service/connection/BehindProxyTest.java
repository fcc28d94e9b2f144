package org.benchmarkresults.service.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References can be followed where a proxy serves the service from a folder. */
class BehindProxyTest {
  private static final String BASE = "http://proxy";
  private static final String PREFIX = "X-Forwarded-Prefix";

  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @ParameterizedTest
  @ValueSource(strings = {"", "/results", "/results/"})
  void everythingThatIsReferredToIsFound(String prefix) {
    try (FolderProxy proxy = proxy(prefix)) {
      String at = "/results/raw_input";
      String run = "run/of " + prefix.length();
      Answer saved = post(proxy, at, "a/b " + prefix.length(), run);
      post(proxy, at, "slashes", run);

      assertEquals(200, follow(proxy, at, saved.header("Location")).status(), saved::toString);
      for (String list :
          new String[] {
            at + "?limit=1",
            "/results/benchmarks?limit=1",
            "/results/runs/" + encoded(run) + "?limit=1"
          }) {
        Answer page = proxy.client().get(list);
        Answer next = follow(proxy, list, Links.next(page));
        assertEquals(200, next.status(), () -> list + ": " + page + next);
      }
      for (String slashed : new String[] {at + "/", at + "/?limit=1", "/results/health/live/"}) {
        Answer redirect = proxy.client().get(slashed);
        assertEquals(307, redirect.status(), redirect::toString);
        Answer there = follow(proxy, slashed, redirect.header("Location"));
        assertEquals(200, there.status(), redirect::toString);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raw_input, a/b",
    "standardized_output, org/model/task",
    "raw_input, data/x",
    "raw_input, 'a#b/c?d e/100%'"
  })
  void aNameWithSlashesIsReadDeletedAndRestored(String stage, String benchmark) {
    try (FolderProxy proxy = proxy("")) {
      Answer saved = post(proxy, "/results/" + stage, benchmark, "r");
      String name = saved.json().getString("saved_as");
      String path = "/results/" + stage + "/" + encoded(name);

      assertEquals(name, proxy.client().get(path).json().getString("result_name"));
      assertEquals(200, proxy.client().head(path).status());
      assertEquals("[1.10]", proxy.client().get(path + "/data").text());
      assertEquals(200, proxy.client().head(path + "/data?version=1").status());
      assertEquals(1, proxy.client().get(path + "/versions").array().size());
      assertEquals(404, proxy.client().get(path + "?version=2").status());
      assertEquals(name, send(proxy, HttpMethod.DELETE, path).json().getString("result_name"));
      assertEquals(404, proxy.client().get(path).status());
      assertEquals(200, send(proxy, HttpMethod.POST, path + "/restore").status());
      assertEquals(200, proxy.client().get(path + "/").status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "versions", "restore"})
  void aNameThatEndsLikeAnOperationIsExactWhenEncoded(String word) {
    String shorter =
        service.client().post("/raw_input", body("end", "x")).json().getString("saved_as");
    String longer =
        service.client().post("/raw_input", body("end", "x/" + word)).json().getString("saved_as");

    Answer found = service.client().get("/raw_input/" + encoded(longer));
    Answer bare = service.client().get("/raw_input/" + longer + "/data");
    Answer deleted =
        service.client().send(HttpMethod.DELETE, "/raw_input/" + longer, Buffer.buffer()).await();

    assertEquals(longer, found.json().getString("result_name"));
    assertEquals("[1.10]", bare.text());
    assertEquals(405, deleted.status(), deleted::toString);
    assertEquals(200, service.client().get("/raw_input/" + shorter).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/raw_input", "//raw_input", "///raw_input", "//raw_input/", "/raw_input//"})
  void doubledSlashesAtTheBeginningChangeNoName(String before) {
    String name =
        service.client().post("/raw_input", body("a//b", "x/y")).json().getString("saved_as");

    Answer found = service.client().get(before + "/" + name);

    assertEquals(name, found.json().getString("result_name"), found::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "elsewhere",
        "/..",
        "/a//b",
        "/a,//b",
        "/a?b",
        "/a>; rel=\"x\""
      })
  void aPrefixThatCouldLeadElsewhereIsNotBelieved(String prefix) {
    Answer redirect = service.client().get("/raw_input/", PREFIX, prefix);

    assertEquals("../raw_input", redirect.header("Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//elsewhere.example/../raw_input/", "//elsewhere.example/%2e%2e/raw_input/"})
  void aRedirectNeverLeavesTheService(String path) {
    Answer redirect = service.client().get(path);

    assertEquals("../raw_input", redirect.header("Location"), redirect::toString);
  }

  @Test
  void proxiesBehindProxiesAddUp() {
    Answer redirect = service.client().get("/raw_input/", PREFIX, "/outer, /inner/");

    assertEquals("/outer/inner/raw_input", redirect.header("Location"));
  }

  @Test
  void theContractsServerIsTheFolderItIsReadFrom() {
    JsonObject contract = service.client().get("/openapi.json").json();
    JsonArray servers = contract.getJsonArray("servers");

    URI read = URI.create(BASE + "/results/openapi.json");
    assertEquals(
        BASE + "/results/", read.resolve(servers.getJsonObject(0).getString("url")).toString());
    assertNull(URI.create(servers.getJsonObject(0).getString("url")).getScheme());
  }

  private FolderProxy proxy(String prefix) {
    return prefix.isEmpty()
        ? new FolderProxy(service.port())
        : new FolderProxy(service.port(), PREFIX, prefix);
  }

  private static Answer post(FolderProxy proxy, String path, String benchmark, String run) {
    Answer saved = proxy.client().post(path, body(benchmark, run));
    assertEquals(200, saved.status(), saved::toString);
    return saved;
  }

  private static Answer send(FolderProxy proxy, HttpMethod method, String path) {
    return proxy.client().send(method, path, Buffer.buffer()).await();
  }

  private static Answer follow(FolderProxy proxy, String from, String reference) {
    URI base = URI.create(BASE + from);
    // RFC 3986, section 5.2.2; java.net.URI has the older rule for a query alone.
    URI target =
        reference.startsWith("?")
            ? URI.create(BASE + base.getRawPath() + reference)
            : base.resolve(reference);
    String query = target.getRawQuery();
    return proxy.client().get(target.getRawPath() + (query == null ? "" : "?" + query));
  }

  private static String body(String benchmark, String run) {
    return new JsonObject()
        .put("benchmark_name", benchmark)
        .put("run_id", run)
        .put("timestamp", "2026-01-01T00:00:00Z")
        .encode()
        .replaceFirst("}$", ",\"data\":[1.10]}");
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}

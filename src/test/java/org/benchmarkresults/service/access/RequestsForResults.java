package org.benchmarkresults.service.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.service.Bodies;

/** Requests for results of benchmarks that a restricted key may read, and of others. */
final class RequestsForResults {
  static final List<String> STAGES = List.of("/raw_input", "/standardized_output");
  static final List<String> OWN = List.of("Eval-a", "Eval-b", "Eval-c");

  /** Before, between and behind those of the key. */
  static final List<String> HIDDEN =
      List.of("AAsecret", "Eva-secret", "EvaK-secret", "Evam-secret", "eval-secret", "zz-secret");

  private RequestsForResults() {}

  record Request(HttpMethod method, String path, String body, List<String> headers) {
    @Override
    public String toString() {
      return method + " " + path + " " + headers + " " + body;
    }
  }

  static Request get(String path) {
    return new Request(HttpMethod.GET, path, "", List.of());
  }

  static String body(String timestamp, String benchmark, String run, String model) {
    return new JsonObject()
        .put("timestamp", timestamp)
        .put("benchmark_name", benchmark)
        .put("run_id", run)
        .put("model_id", model)
        .put("data", 1)
        .encode();
  }

  static String name(String benchmark, String run) {
    return Bodies.encoded("t-" + benchmark + "-" + run);
  }

  static Request delete(String stage, String benchmark, String run) {
    return new Request(HttpMethod.DELETE, stage + "/" + name(benchmark, run), "", List.of());
  }

  static Request label(String stage, String benchmark, String run, String kind) {
    return new Request(
        HttpMethod.PATCH,
        stage + "/" + name(benchmark, run),
        "{\"labels\":{\"kind\":\"" + kind + "\"},\"excluded\":{\"reason\":\"" + kind + "\"}}",
        List.of());
  }

  static Request restore(String path) {
    return new Request(HttpMethod.POST, path + "/restore", "", List.of());
  }

  /** Every operation that is about results, with all that could tell of one. */
  static List<Request> all() {
    List<Request> requests = new ArrayList<>();
    for (String stage : STAGES) {
      for (String query :
          List.of(
              "",
              "?limit=1",
              "?limit=2&count=true",
              "?count=true",
              "?deleted=true&count=true",
              "?deleted=true&limit=1",
              "?run_id=shared&limit=2",
              "?run_id=hidden-run&count=true",
              "?model_id=secret-model&count=true&limit=1",
              "?sort=benchmark_name&limit=1",
              "?name_prefix=t-&limit=1&count=true",
              "?benchmark_name=zz-secret",
              "?filter=benchmark_name!=x,benchmark_name==zz-secret&limit=3",
              "?fields=pk,data&limit=2",
              "?fields=pk,headline&limit=1",
              "?excluded=only&count=true",
              "?excluded=no&limit=2",
              "?filter=labels.kind==secret&count=true",
              "?filter=labels.kind==shared&limit=1",
              "?versions=all&count=true",
              "?versions=all&limit=1",
              "?versions=all&sort=benchmark_name&limit=2",
              "?versions=all&model_id=secret-model&count=true&limit=1")) {
        requests.add(get(stage + query));
        requests.add(
            new Request(
                HttpMethod.GET, stage + query, "", List.of("Accept", "application/x-ndjson")));
        requests.add(new Request(HttpMethod.GET, stage + query, "", List.of("Accept", "text/csv")));
      }
      for (String benchmark : HIDDEN) {
        ofOne(stage + "/" + name(benchmark, "shared"), requests);
        ofOne(stage + "/" + name(benchmark, "gone"), requests);
        for (List<String> headers : List.of(List.<String>of(), List.of("If-None-Match", "*"))) {
          requests.add(
              new Request(
                  HttpMethod.POST, stage, body("t", benchmark, "shared", "other"), headers));
        }
        requests.add(
            new Request(
                HttpMethod.POST,
                stage,
                body("t", benchmark, "shared", "secret-model")
                    + "\n"
                    + body("t", "Eval-a", "shared", "own-model")
                    + "\n",
                List.of("Content-Type", "application/x-ndjson")));
      }
      requests.add(
          new Request(
              HttpMethod.POST, stage, body("t", "Eval-a", "shared", "own-model"), List.of()));
    }
    for (String query :
        List.of("", "?limit=1", "?limit=2", "?limit=3", "?fields=pk,data&limit=1")) {
      requests.add(get("/runs/shared" + query));
      requests.add(get("/runs/hidden-run" + query));
    }
    for (String query :
        List.of(
            "",
            "?limit=1",
            "?limit=2",
            "?prefix=E&limit=1",
            "?prefix=Eval&limit=1",
            "?prefix=A&limit=1",
            "?prefix=z&limit=1",
            "?prefix=eval-s&limit=1",
            "?prefix=Evam&limit=1")) {
      requests.add(get("/benchmarks" + query));
      requests.add(get("/models" + query));
      requests.add(get("/sources" + query));
      requests.add(get("/tasks" + query));
      requests.add(get("/metric_names" + query));
      requests.add(get("/labels" + query));
    }
    for (String query : List.of("?key=kind", "?key=kind&limit=1", "?prefix=sec", "?key=secret")) {
      requests.add(get("/labels" + query));
    }
    requests.add(get("/suggest"));
    requests.add(get("/suggest?q=e"));
    for (String query :
        List.of(
            "",
            "?limit=1",
            "?benchmark_name=zz-secret",
            "?metric=value&sort=-value&limit=2",
            "?filter=benchmark_name==zz-secret,value%3E0",
            "?model=secret-model&cross_checks=true",
            "?pivot=metric&format=csv")) {
      requests.add(get("/observations" + query));
    }
    requests.add(get("/audit"));
    requests.add(get("/audit?key_id=00a1b2c3d4e5f607"));
    requests.add(get("/audit?result_name=" + name("zz-secret", "shared")));
    requests.add(get("/retention/preview"));
    return requests;
  }

  private static void ofOne(String path, List<Request> requests) {
    for (String part :
        List.of(
            "",
            "/data",
            "/outline",
            "/outline?pointer=/none",
            "/versions",
            "/annotations",
            "/annotations?limit=1",
            "?version=1",
            "?version=9",
            "/data?version=2",
            "/attachments",
            "/attachments/a",
            "/observations")) {
      requests.add(get(path + part));
      requests.add(new Request(HttpMethod.HEAD, path + part, "", List.of()));
    }
    requests.add(new Request(HttpMethod.GET, path, "", List.of("If-None-Match", "*")));
    requests.add(new Request(HttpMethod.PUT, path + "/attachments/a", "other", List.of()));
    requests.add(
        new Request(HttpMethod.PUT, path + "/attachments/a", "1", List.of("If-Match", "*")));
    requests.add(new Request(HttpMethod.PUT, path + "/attachments/new", "other", List.of()));
    requests.add(new Request(HttpMethod.DELETE, path + "/attachments/a", "", List.of()));
    requests.add(
        new Request(HttpMethod.GET, path + "/attachments/a", "", List.of("Range", "bytes=9-")));
    requests.add(new Request(HttpMethod.DELETE, path, "", List.of()));
    requests.add(new Request(HttpMethod.DELETE, path, "", List.of("If-Match", "*")));
    requests.add(
        new Request(
            HttpMethod.DELETE,
            path,
            "",
            List.of("If-Match", "\"1-" + "0".repeat(32) + "-00000000\"")));
    for (List<String> headers :
        List.of(
            List.<String>of(), List.of("If-Match", "\"1-" + "0".repeat(32) + "-00000000-a1\""))) {
      requests.add(
          new Request(HttpMethod.PATCH, path, "{\"labels\":{\"kind\":\"mine\"}}", headers));
    }
    requests.add(restore(path));
    for (List<String> headers :
        List.of(List.<String>of(), List.of("If-Match", "\"1-" + "0".repeat(32) + "-00000000\""))) {
      requests.add(new Request(HttpMethod.POST, path + "/restore?version=1", "", headers));
    }
  }
}

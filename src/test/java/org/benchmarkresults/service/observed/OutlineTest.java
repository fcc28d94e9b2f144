package org.benchmarkresults.service.observed;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Looking into the data of stored results. */
@OnDatabases
class OutlineTest {
  @RegisterExtension final RunningService service;

  OutlineTest(Backend backend) {
    service = RunningService.on(backend);
  }

  /** Comes back with the path of the outline. */
  private String store(String run, String data) {
    Answer answer =
        service
            .client()
            .post(
                "/raw_input",
                """
                {"timestamp":"%s","benchmark_name":"outlines","run_id":"%s","data":%s}"""
                    .formatted(Bodies.TIMESTAMP, run, data));
    assertEquals(200, answer.status(), answer::toString);
    return "/raw_input/" + Bodies.encoded(answer.json().getString("saved_as")) + "/outline";
  }

  private static List<JsonObject> children(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.json().getJsonArray("children").stream().map(JsonObject.class::cast).toList();
  }

  private static List<String> members(String name, Answer answer) {
    return children(answer).stream().map(child -> child.getString(name)).toList();
  }

  @Test
  void numbersAreTextsOfTheTool() {
    String path = store("numbers", "{\"a/b\":{\"x\":1.10,\"y\":[NaN,1e400]},\"c\":\"text\"}");

    Answer whole = service.client().get(path);
    Answer inside = service.client().get(path + "?pointer=/a~1b");

    assertEquals("object", whole.json().getString("kind"));
    assertEquals(List.of("/a~1b", "/c"), members("pointer", whole));
    assertEquals(List.of("{\"x\":1.10,\"y\":[NaN,1e400]}", "\"text\""), members("preview", whole));
    assertEquals("/a~1b", inside.json().getString("pointer"));
    assertEquals(List.of("1.10", "[NaN,1e400]"), members("preview", inside));
    assertEquals(List.of("number", "array"), members("kind", inside));
    assertEquals(1, inside.json().getInteger("version"));
  }

  @Test
  void dataOfManyChunksAreLookedThroughPageByPage() {
    StringBuilder data = new StringBuilder("{\"head\":0,\"rows\":[");
    for (int i = 0; i < 250; i++) {
      data.append(i == 0 ? "" : ",").append("{\"n\":").append(i).append(",\"text\":\"");
      data.append("x".repeat(8_000)).append("\"}");
    }
    String path = store("large", data.append("],\"tail\":1.10}").toString());

    List<Integer> indexes = new ArrayList<>();
    String next = path + "?pointer=/rows&limit=100";
    while (next != null) {
      Answer page = service.client().get(next);
      children(page).forEach(child -> indexes.add(child.getInteger("index")));
      next = Links.next(next, page);
    }

    assertEquals(IntStream.range(0, 250).boxed().toList(), indexes);
    assertEquals(
        "249", service.client().get(path + "?pointer=/rows/249/n").json().getString("preview"));
    assertEquals("1.10", members("preview", service.client().get(path)).get(2));
    JsonObject text = service.client().get(path + "?pointer=/rows/249/text").json();
    assertEquals(8_002, text.getInteger("bytes"));
    assertTrue(text.getBoolean("is_cut"));
  }

  @Test
  void aPointerWithoutValueIsAProblemThatNamesTheLongestPart() {
    String path = store("missing", "{\"results\":{\"gsm8k\":{}}}");

    Answer answer = service.client().get(path + "?pointer=/results/mmlu/acc");

    JsonObject problem = requireProblem(answer, 404, "pointer-not-found", path);
    assertEquals(List.of("pointer"), pointers(problem));
    assertTrue(problem.getString("detail").contains("is /results, which is an object"));
    assertEquals(400, service.client().get(path + "?pointer=results").status());
    requireProblem(
        service.client().get("/raw_input/none/outline"),
        404,
        "result-not-found",
        "/raw_input/none/outline");
  }

  @Test
  void eachVersionHasItsOwnOutline() {
    String path = store("versions", "{\"old\":1}");
    assertEquals(path, store("versions", "{\"new\":2}"));

    assertEquals(List.of("new"), members("name", service.client().get(path)));
    assertEquals(List.of("old"), members("name", service.client().get(path + "?version=1")));
    assertEquals(404, service.client().get(path + "?version=3").status());
  }

  @Test
  void childrenAreATableToo() {
    String path = store("table", "[1.10,{\"a\":1}]");

    Answer answer = service.client().get(path + "?format=csv");

    assertEquals(
        """
        name,index,pointer,kind,bytes,members,preview,is_cut\r
        ,0,/0,number,4,0,1.10,false\r
        ,1,/1,object,7,1,"{""a"":1}",false\r
        """,
        answer.text());
    assertNull(answer.header("Link"));
  }
}

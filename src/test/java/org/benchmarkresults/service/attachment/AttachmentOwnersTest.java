package org.benchmarkresults.service.attachment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Random;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attachments belong to a result with all its versions, in one stage. */
@OnDatabases
class AttachmentOwnersTest {
  @RegisterExtension final RunningService service;

  AttachmentOwnersTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private static Buffer bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  /** The path of the attachments of a new result. */
  private String result(String benchmark) {
    Answer saved = service.client().post("/raw_input", Bodies.withData(benchmark, "1"));
    assertEquals(200, saved.status(), saved::toString);
    return Bodies.path(benchmark) + "/attachments";
  }

  private Answer put(String path, Buffer body) {
    return service.client().send(HttpMethod.PUT, path, body).await();
  }

  private Answer delete(String path) {
    return service.client().send(HttpMethod.DELETE, path, Buffer.buffer()).await();
  }

  @Test
  void attachmentsGoAndComeBackWithTheirResult() {
    String path = result("deleted");
    String own = Bodies.path("deleted");
    put(path + "/a", bytes(300_000));

    for (int i = 0; i < 3; i++) {
      assertEquals(200, delete(own).status());
      assertEquals(404, service.client().get(path + "/a").status());
      assertEquals(404, put(path + "/b", bytes(1)).status());
      service.client().post(own + "/restore", "");
      assertEquals(bytes(300_000), service.client().get(path + "/a").body());
    }
    assertEquals(200, delete(own).status());
    result("deleted");
    assertEquals(0, service.client().get(path).array().size());
    assertEquals(201, put(path + "/a", bytes(7)).status());
    assertEquals(200, delete(own).status());
    assertEquals(200, service.client().post(own + "/restore", "").status());
    assertEquals(bytes(7), service.client().get(path + "/a").body());
  }

  @Test
  void newVersionsKeepThem() {
    String path = result("versions");
    put(path + "/a", bytes(7));

    service.client().post("/raw_input", Bodies.withData("versions", "2"));

    assertEquals(bytes(7), service.client().get(path + "/a").body());
  }

  @Test
  void stagesHaveTheirOwn() {
    String path = result("stages");
    service.client().post("/standardized_output", Bodies.withData("stages", "1"));
    String other = path.replace("/raw_input", "/standardized_output");
    put(path + "/a", bytes(7));
    put(other + "/a", bytes(8));

    assertEquals(bytes(7), service.client().get(path + "/a").body());
    assertEquals(bytes(8), service.client().get(other + "/a").body());
  }

  @Test
  void namesOfResultsMayHaveSlashes() {
    String path = result("a/b é");
    String unencoded = path.replace("%2F", "/");

    assertEquals(201, put(unencoded + "/x.log", bytes(3)).status());
    assertEquals(bytes(3), service.client().get(path + "/x.log").body());
    assertEquals(1, service.client().get(unencoded).array().size());
  }
}

package org.benchmarkresults.service.attachment;

import static org.benchmarkresults.service.Problems.requireProblem;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of attachments, as clients ask for that continue a download. */
@OnDatabases
class AttachmentRangesTest {
  @RegisterExtension final RunningService service;

  AttachmentRangesTest(Backend backend) {
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

  private Answer put(String path, Buffer body, String... headers) {
    return service.client().send(HttpMethod.PUT, path, body, headers).await();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=1-,1,600000",
    "bytes=-1,599999,600000",
    "bytes=-700000,0,600000",
    "bytes=261119-261120,261119,261121",
    "bytes=261120-522239,261120,522240",
    "bytes=10-99999999999999999999,10,600000",
    "Bytes = 5-9,5,10"
  })
  void aRangeIsAPartOfTheBytes(String range, int from, int to) {
    String path = result("ranges") + "/a";
    Buffer body = bytes(600_000);
    put(path, body);

    Answer part = service.client().get(path, "Range", range, "Accept-Encoding", "gzip");

    assertEquals(206, part.status(), part::toString);
    assertEquals(body.slice(from, to), part.body());
    assertEquals("bytes " + from + "-" + (to - 1) + "/600000", part.header("Content-Range"));
    assertEquals("" + (to - from), part.header("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=200-300", "bytes=-0"})
  void aRangeOutsideTheFileIsRefused(String range) {
    String path = result("outside") + "/a";
    put(path, bytes(100));

    Answer answer = service.client().get(path, "Range", range);

    requireProblem(answer, 416, "range-not-satisfiable", path);
    assertEquals("bytes */100", answer.header("Content-Range"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=5-1", "bytes=", "bytes=-", "bytes=0-1,3-4", "items=0-1", "bytes=a-"})
  void aRangeThatIsNoneGivesTheWhole(String range) {
    String path = result("no range") + "/a";
    put(path, bytes(100));

    assertEquals(200, service.client().get(path, "Range", range).status());
  }

  @Test
  void aRangeOfAnotherStateGivesTheWhole() {
    String path = result("if range") + "/a";
    String tag = put(path, bytes(100)).header("ETag");
    String[] range = {"Range", "bytes=0-9", "If-Range", tag};

    Answer current = service.client().get(path, range);
    String date = current.header("Last-Modified");
    Answer sinceDate = service.client().get(path, "Range", "bytes=0-9", "If-Range", date);
    Answer weak = service.client().get(path, "Range", "bytes=0-9", "If-Range", "W/" + tag);
    put(path, bytes(101), "If-Match", tag);
    Answer other = service.client().get(path, range);

    assertEquals(206, current.status());
    assertEquals(206, sinceDate.status());
    assertEquals(200, weak.status());
    assertEquals(200, other.status());
    assertEquals(101, other.body().length());
    assertEquals(200, service.client().head(path, "Range", "bytes=0-9").status());
  }
}

package org.benchmarkresults.http.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that the contract does not name. */
class ExtraFieldsTest {
  private static final int DEPTH_LIMIT = 512;

  @Test
  void extraFieldsAreKeptAsSentInOrder() {
    Parsed cut =
        cut("{\"tasks\":\"aime24\", \"z\": [ 1.10 ],\"data\":0,\"\":{} ,\"a.b\":\"\\u00e9\"}");

    assertEquals(
        List.of(
            new ExtraField("tasks", RawJson.of("\"aime24\"")),
            new ExtraField("z", RawJson.of("[ 1.10 ]")),
            new ExtraField("", RawJson.of("{}")),
            new ExtraField("a.b", RawJson.of("\"\\u00e9\""))),
        cut.extra());
  }

  @Test
  void extraFieldsHaveATotalLimit() {
    String most = "\"" + "x".repeat((256 << 10) - 2 - "a".length() - "bb".length() - 3) + "\"";
    String body = "{\"a\":%s,\"bb\":%s}";

    List<Problem.Fault> fits = faults(body.formatted(most, "111"));
    List<Problem.Fault> tooMuch = faults(body.formatted(most, "1111"));

    assertEquals(List.of(), fits);
    assertEquals(
        List.of(
            new Problem.Fault("/bb", "the extra members are larger than 262144 bytes in total")),
        tooMuch);
  }

  @Test
  void parsingStopsAtTheLimit() {
    String tooMuch = "{\"a\":\"" + "x".repeat(256 << 10) + "\",\"b\":1,";

    List<Problem.Fault> faults = faults(tooMuch + "and so on, millions of names to remember");

    assertEquals(
        List.of("the extra members are larger than 262144 bytes in total"),
        faults.stream().map(Problem.Fault::detail).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"data\":1,\"data\":1}', /data",
    "'{\"run_id\":null,\"run_id\":null}', /run_id",
    "'{\"tasks\":1,\"t\\u0061sks\":2}', /tasks",
    "'{\"a/~b\":1,\"a/~b\":2}', /a~1~0b",
  })
  void duplicateMemberIsAFault(String body, String pointer) {
    Parsed cut = cut(body);

    assertEquals(List.of(new Problem.Fault(pointer, "must not occur twice")), cut.faults());
  }

  @Test
  void faultsAreLimited() {
    String twice = "\"a\":0,".repeat(200_000);
    String tooMuch = "\"a%d\":\"" + "x".repeat(1 << 10) + "\",";
    StringBuilder large = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      large.append(tooMuch.formatted(i));
    }

    int faultsOfTwice = faults("{" + twice + "\"data\":1}").size();
    int faultsOfLarge = faults("{" + large + "\"data\":1}").size();

    assertTrue(faultsOfTwice > 0 && faultsOfTwice <= 100, () -> faultsOfTwice + " faults");
    assertTrue(faultsOfLarge > 0 && faultsOfLarge <= 100, () -> faultsOfLarge + " faults");
  }

  /** The message to the sender, whether the body was read to its end or not. */
  private static List<Problem.Fault> faults(String body) {
    try {
      return cut(body).faults();
    } catch (ProblemException refused) {
      return refused.problem().errors();
    }
  }

  private static Parsed cut(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return EnvelopeReader.parse(ByteBuffer.wrap(bytes), DEPTH_LIMIT);
  }
}

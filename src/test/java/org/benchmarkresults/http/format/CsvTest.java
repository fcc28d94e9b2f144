package org.benchmarkresults.http.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");

  private static Row row(String modelId, StoredData data, ExtraField... extra) {
    Envelope envelope =
        new Envelope(new ResultKey("t", "b", "r"), modelId, null, null, List.of(extra));
    Digest digest = Digest.of(ByteBuffer.allocate(0));
    return new Row(new ResultSummary(envelope, null, 2, 9, digest, 0, NOON, NOON), data, NOON);
  }

  private static String written(String fields, Row row) {
    return new Csv(Members.of(fields), true, null).rows(List.of(row)).toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"=1+1\" | '=1+1",
        "\"+1+\" | '+1+",
        "\"-1-1\" | '-1-1",
        "\"@SUM(A1)\" | '@SUM(A1)",
        "\"\\t=1\" | `\"'\t=1\"`",
        "\"a;=1\" | `\"a;=1\"`",
        "\"\\u003d1\" | '=1",
        "\"a=1\" | a=1",
        "\"'=1\" | '=1",
        "\"\uff1d1\" | '\uff1d1",
        "-1 | -1",
        "-1.5e-3 | -1.5e-3",
        "-Infinity | -Infinity",
        "\"-0.5\" | -0.5",
        "\"+2e3\" | +2e3",
        "\"-inf\" | -inf",
        "[-1] | [-1]",
        "true | true",
        "\"\" | \"\"",
        "\"=a,\\\"b\\\"\" | \"'=a,\"\"b\"\"\"",
        "\" =1+1\" | `' =1+1`",
        "\"\\ufeff=1\" | '\ufeff=1",
        "\"\\u200b\\u00a0@x\" | '\u200b\u00a0@x",
        "\"\\udb40\\udc01=x\" | '\udb40\udc01=x",
        "\"\\u2060-x\" | '\u2060-x",
        "\"\\ufe66x\" | '\ufe66x",
        "\"\\u2212x\" | '\u2212x",
        "\"\\r\\n\" | `\"'\r\n\"`",
        "\"a\\n\" | `\"a\n\"`",
        "\" a \" | ` a `",
      })
  void aFurtherMemberIsAFieldThatRunsNothing(String json, String field) {
    ExtraField member = new ExtraField("x", RawJson.of(json));

    assertEquals("2," + field + "\r\n", written("version,extra.x", row(null, null, member)));
  }

  @Test
  void whatIsMissingOrNullIsAnEmptyField() {
    Row row = row(null, null, new ExtraField("x", RawJson.of("null")));

    assertEquals(",,,\r\n", written("model_id,instant,extra.x,extra.y", row));
    assertEquals("\"\"\r\n", written("model_id", row));
  }

  @Test
  void dataThatIsLargeIsWrittenByTheCallerBetweenTheOthers() {
    Row small = row(null, new StoredData.Inline(ByteBuffer.wrap("[\"a\"]".getBytes())));
    Row large = row(null, new StoredData.Chunked("upload", 2));

    RowFormat.AroundData around =
        new Csv(Members.of("pk,data,version"), true, null).aroundData(large);

    assertEquals("t-b-r,\"[\"\"a\"\"]\"\r\n", written("pk,data", small));
    assertEquals("t-b-r,\"", around.before().toString());
    assertEquals("[\"\"a\"\"", around.writing().apply("[\"a\"".getBytes()).toString());
    assertEquals("\",2\r\n", around.after().toString());
  }

  @Test
  void aLongTextThatIsNearlyANumberIsOneAtOnce() {
    String digits = "-" + "1".repeat(200_000);
    Row row = row(digits + "x", null, new ExtraField("x", RawJson.of(digits)));

    assertEquals("'" + digits + "x," + digits + "\r\n", written("model_id,extra.x", row));
  }

  @Test
  void withoutTheGuardTextsAreAsTheyAre() {
    Row row = row("@cf/meta/llama-3-8b", null, new ExtraField("x", RawJson.of("\"=1\"")));

    assertEquals(
        "@cf/meta/llama-3-8b,=1\r\n",
        new Csv(Members.of("model_id,extra.x"), false, null).rows(List.of(row)).toString());
  }

  @Test
  void aHeaderNamesTheColumns() {
    assertEquals(
        "pk,\"extra.a\"\"b\"\r\n",
        new Csv(Members.of("pk,extra.a\"b"), true, null).opening().toString());
    assertEquals(
        "pk,benchmark_name,run_id,model_id,tokenizer_id,source,timestamp,instant,version,versions,"
            + "size,digest,received_at,first_received_at,non_finite,deleted_at,labels,note,excluded,extra"
            + "\r\n",
        new Csv(null, true, null).opening().toString());
  }
}

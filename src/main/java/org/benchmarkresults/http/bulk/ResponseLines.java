package org.benchmarkresults.http.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.benchmarkresults.http.bulk.LineBatch.Accepted;
import org.benchmarkresults.http.bulk.LineBatch.Refused;
import org.benchmarkresults.http.log.LineRefusals;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.result.SavedResponse;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.security.Caller;

/** The response lines of a bulk upload, one per line: schema {@code Loaded} of the contract. */
final class ResponseLines {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int LINE_BYTES = 320;

  private ResponseLines() {}

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  static Buffer saved(
      List<Accepted> lines, List<SaveOutcome> outcomes, Caller caller, LineRefusals refusals) {
    return written(
        lines.size(),
        json -> {
          for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), outcomes.get(i), caller, refusals, json);
          }
        });
  }

  /** Response lines for results that were not saved because of the same problem. */
  static Buffer notSaved(List<Accepted> lines, Problem problem, LineRefusals refusals) {
    return refused(
        lines.stream().map(accepted -> new Refused(accepted.line(), problem)).toList(), refusals);
  }

  static Buffer refused(List<Refused> lines, LineRefusals refusals) {
    return written(
        lines.size(),
        json -> {
          for (Refused refused : lines) {
            problem(refused.line(), refused.problem(), refusals, json);
          }
        });
  }

  private static Buffer written(int lines, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(lines * LINE_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setRootValueSeparator(null);
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void line(
      Accepted accepted,
      SaveOutcome outcome,
      Caller caller,
      LineRefusals refusals,
      JsonGenerator json)
      throws IOException {
    SavedResponse saved = SavedResponse.of(outcome);
    if (saved == null) {
      problem(accepted.line(), SavedResponse.problem(outcome, caller), refusals, json);
    } else {
      saved(accepted, saved, json);
    }
  }

  private static void saved(Accepted accepted, SavedResponse response, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("line", accepted.line());
    json.writeNumberField("status", 200);
    response.write(accepted.result(), json);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void problem(long line, Problem problem, LineRefusals refusals, JsonGenerator json)
      throws IOException {
    refusals.add(line, problem);
    json.writeStartObject();
    json.writeNumberField("line", line);
    json.writeNumberField("status", problem.status());
    json.writeFieldName("problem");
    json.writeRawValue(problem.toJson().encode());
    json.writeEndObject();
    json.writeRaw('\n');
  }
}

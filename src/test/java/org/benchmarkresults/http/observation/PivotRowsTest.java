package org.benchmarkresults.http.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.query.Folding;
import org.junit.jupiter.api.Test;

/** Rows whose columns are metrics. */
class PivotRowsTest {
  private static StoredObservation of(String task, String metric, double value, String shots) {
    return new StoredObservation(
        new ObservedResult(
            Stage.RAW, "t-b-r", "b", "r", 1, null, null, null, Instant.EPOCH, Instant.EPOCH),
        "generic",
        1,
        null,
        false,
        new ResolvedObservation(
            new Observation(
                "",
                0,
                task,
                metric,
                null,
                "mean",
                value,
                "" + value,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                List.of(new Dimension("few_shot", shots, true))),
            "m",
            null,
            "s_1"),
        Annotations.NONE);
  }

  @Test
  void taskDimensionsAndARepeatedMetricBeginRows() {
    PivotRows rows =
        new PivotRows(
            List.of("acc:mean", "f1:mean"),
            new Format(Format.Shape.CSV, true, true),
            10,
            Folding.OFF);

    String table =
        rows.opening()
            .appendBuffer(
                rows.rows(
                    List.of(
                        of("a", "acc", 1, "5"),
                        of("b", "acc", 2, "5"),
                        of("a", "f1", 3, "5"),
                        of("a", "acc", 4, "8"),
                        of("a", "acc", 5, "5"),
                        of("b", "late", 6, "5"))))
            .appendBuffer(rows.closing())
            .toString();

    String before = "raw_input,t-b-r,1,b,r,,%s,m,,\"{\"\"few_shot\"\":%s}\",,,";
    assertEquals(
        "result_stage,result_name,result_version,benchmark_name,run_id,model_id,task,model,instant,"
            + "dimensions,labels,excluded,acc:mean,f1:mean,other_metrics\r\n"
            + before.formatted("a", "5")
            + "1.0,3.0,\r\n"
            + before.formatted("b", "5")
            + "2.0,,\"{\"\"late:mean\"\":6.0}\"\r\n"
            + before.formatted("a", "8")
            + "4.0,,\r\n"
            + before.formatted("a", "5")
            + "5.0,,\r\n",
        table);
  }
}

package org.benchmarkresults.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.junit.jupiter.api.Test;

/** The members of an observation in responses. */
class ObservationJsonTest {
  @Test
  void everyMemberHasTheValueOfTheObservation() throws IOException {
    Observation observation =
        new Observation(
            "/results/gsm8k/exact_match,strict-match",
            0,
            "gsm8k",
            "exact_match",
            "strict-match",
            "mean",
            0.11,
            "11.0",
            "1",
            "%",
            true,
            new Observation.Range(0, 1),
            0.0113,
            1319L,
            new Observation.Interval(0.1, 0.12, null),
            true,
            List.of(
                new Dimension("hardware", "H100", false),
                new Dimension("few_shot", "5", true),
                new Dimension("few_shot", "8", true),
                new Dimension("temperature", "1.10", true),
                new Dimension("request_rate", "Infinity", true)));

    assertEquals(
        """
            {"task":"gsm8k","metric":"exact_match","variant":"strict-match","statistic":"mean",\
            "value":0.11,"text":"11.0","unit":"1","text_unit":"%","higher_is_better":true,\
            "range":[0.0,1.0],"stderr":0.0113,"n":1319,\
            "interval":{"low":0.1,"high":0.12,"level":null},"primary":true,\
            "pointer":"/results/gsm8k/exact_match,strict-match",\
            "dimensions":{"hardware":"H100","few_shot":5,"temperature":1.10,\
            "request_rate":"Infinity"},\
            "model":"Qwen/Qwen3-8B","instant":"2026-04-21T12:45:25.391Z",\
            "series":"s_7f3a9c12d0e4"}""",
        written(
            new ResolvedObservation(
                observation,
                "Qwen/Qwen3-8B",
                Instant.parse("2026-04-21T12:45:25.391Z"),
                "s_7f3a9c12d0e4")));
  }

  @Test
  void membersWithoutValueAreNull() throws IOException {
    Observation observation =
        new Observation(
            "/x", 0, null, "x", null, "value", 2, "2", null, null, null, null, null, null, null,
            false, List.of());

    assertEquals(
        """
            {"task":null,"metric":"x","variant":null,"statistic":"value","value":2.0,"text":"2",\
            "unit":null,"text_unit":null,"higher_is_better":null,"range":null,"stderr":null,\
            "n":null,"interval":null,"primary":false,"pointer":"/x","dimensions":{},\
            "model":null,"instant":null,"series":"s_0"}""",
        written(new ResolvedObservation(observation, null, null, "s_0")));
  }

  private static String written(ResolvedObservation observation) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      ObservationJson.object(observation, json);
    }
    return text.toString();
  }
}

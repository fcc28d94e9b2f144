package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rules of retention are read. */
class RetentionRuleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "any",
      value = {
        "raw_input/*=365d|raw_input|any|365",
        "standardized_output/vllm_benchmark=90d|standardized_output|vllm_benchmark|90",
        "raw_input/a=b=c=1d|raw_input|a=b=c|1",
        "raw_input/a/b/=1d|raw_input|a/b/|1",
        "raw_input/a%2Cb=1d|raw_input|a,b|1",
        "raw_input/%2A=1d|raw_input|*|1",
        "raw_input/100%25=1d|raw_input|100%|1",
        "raw_input/a+b=1d|raw_input|a+b|1",
        "raw_input/**=1d|raw_input|**|1",
        "raw_input/%C3%A9é=48h|raw_input|éé|2",
        "raw_input / a b = 2 d|raw_input|a b|2",
      })
  void aRuleNamesStageBenchmarkAndAge(String text, String stage, String benchmark, int days) {
    RetentionRule rule = RetentionRule.parse(text);

    assertEquals(new RetentionRule(text, stage, benchmark, Duration.ofDays(days)), rule);
  }

  @Test
  void oneRuleForEachStageAndBenchmarkIsNoFault() {
    List<String> faults =
        RetentionRule.faults(
            Arrays.asList("raw_input/*=1d", "standardized_output/*=1d", "raw_input/%2A=2d"));

    assertEquals(List.of(), faults);
  }
}

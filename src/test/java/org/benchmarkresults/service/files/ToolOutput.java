package org.benchmarkresults.service.files;

import io.vertx.core.buffer.Buffer;

/** Files as tools write them. */
final class ToolOutput {
  static final String DATE = "20260421-124425";

  /** A file of vLLM's bench serve with numbers whose text a tree of doubles would change. */
  static final String VLLM =
      """
      {"date": "20260421-124425", "backend": "vllm", "model_id": "Qwen/Qwen3-8B",
       "tokenizer_id": "Qwen/Qwen3-8B", "num_prompts": 200, "request_rate": "inf",
       "duration": 16.20, "completed": 200, "total_input_tokens": 1000,
       "total_output_tokens": 2000, "request_throughput": 12.340, "output_throughput": 123.40,
       "mean_ttft_ms": 41.70, "median_ttft_ms": 40.0, "std_ttft_ms": 1e0, "p99_ttft_ms": 90.10}
      """;

  /** Of SGLang's offline benchmark, which tells neither a time nor a model. */
  static final String SGLANG =
      "{\"backend\": \"engine\", \"successful_requests\": 100, \"total_latency\": %s,"
          + " \"total_input_tokens\": 1000, \"total_output_tokens\": 2000,"
          + " \"request_throughput\": 8.0, \"input_throughput\": 80.0,"
          + " \"output_throughput\": 160.50, \"total_throughput\": 240.0}";

  /** Of llama-bench, with a time in each line. */
  static final String LLAMA_BENCH =
      "{\"build_commit\": \"8ee538ce7\", \"model_filename\": \"m.gguf\", \"n_prompt\": %d,"
          + " \"n_gen\": 0, \"test_time\": \"2026-02-03T04:05:06Z\", \"avg_ns\": 100,"
          + " \"stddev_ns\": 1, \"avg_ts\": 10.50, \"stddev_ts\": 0.1, \"samples_ns\": [ 100 ],"
          + "\"samples_ts\": [ 10.4 ]}";

  static final String OWN = "{\"accuracy\":0.85,\"total_questions\":1000}";

  private ToolOutput() {}

  static Buffer vllm() {
    return Buffer.buffer(VLLM);
  }

  static String llamaBench(int prompt) {
    return LLAMA_BENCH.formatted(prompt);
  }

  static String sglang(String latency) {
    return SGLANG.formatted(latency);
  }
}

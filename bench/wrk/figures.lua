-- Shared by the scripts of wrk beside it.

-- The nth result: its timestamp and its run id. Every number has the same length, and so has the body.
function key(token, number)
  return string.format("2026-04-21T12:45:25.%06dZ", number % 1000000), string.format("%s-%09d", token, number)
end

-- wrk calls it at the end; one line of JSON for the program that started wrk.
function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    '{"count": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "errors": %d}',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end

-- Posts results, each under a name of its own, of 1 KiB of data or that of the file BENCH_DATA names. Arguments: token
-- The request is put together by hand: wrk.format costs the load generator more than all else it does.
dofile("figures.lua")

local token, head, tail
local number = 0

local function body(timestamp, run_id)
  return '{"benchmark_name": "vllm_benchmark", "model_id": "Qwen/Qwen3-8B", "tokenizer_id": "Qwen/Qwen3-8B", '
    .. '"source": "vllm", "timestamp": "' .. timestamp .. '", "run_id": "' .. run_id .. '", "data": ' .. tail
end

function init(args)
  token = args[1]
  local file = assert(io.open(os.getenv("BENCH_DATA") or "../data.json"))
  tail = file:read("*a") .. "}"
  file:close()
  head = "POST /raw_input HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nContent-Type: application/json\r\n"
    .. "Content-Length: " .. #body(key(token, 0)) .. "\r\n\r\n"
end

function request()
  number = number + 1
  return head .. body(key(token, number))
end

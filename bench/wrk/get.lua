-- Reads results by name, in an order that jumps about. Arguments: token, how many results there are
dofile("figures.lua")

local token, count, tail
local number = 0

function init(args)
  token, count = args[1], tonumber(args[2])
  tail = " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\n\r\n"
end

function request()
  number = (number + 7919) % count
  local timestamp, run_id = key(token, number)
  return "GET /raw_input/" .. timestamp .. "-vllm_benchmark-" .. run_id .. tail
end

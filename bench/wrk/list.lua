-- Reads the whole list.
dofile("figures.lua")
wrk.path = "/raw_input"

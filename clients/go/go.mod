module benchmark-results-check

go 1.23

require benchmark-results-client v0.0.0

replace benchmark-results-client => ../target/go

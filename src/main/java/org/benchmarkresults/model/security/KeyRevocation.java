package org.benchmarkresults.model.security;

import java.time.Instant;

/** Takes an API key's force away. */
public record KeyRevocation(String id, Instant at) {}

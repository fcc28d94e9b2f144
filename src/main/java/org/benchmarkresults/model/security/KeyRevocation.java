package org.benchmarkresults.model.security;

import java.time.Instant;

/** Revokes an API key. */
public record KeyRevocation(String id, Instant at) {}

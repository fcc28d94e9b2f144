package org.benchmarkresults.model.security;

import java.time.Instant;

/** Records that an API key was used. */
public record KeyUse(String id, Instant at) {}

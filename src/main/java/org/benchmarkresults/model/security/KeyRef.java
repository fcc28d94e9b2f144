package org.benchmarkresults.model.security;

/** Names an API key. */
public record KeyRef(String id) {}

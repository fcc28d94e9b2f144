package org.benchmarkresults.model;

/** Names an API key. */
public record KeyRef(String id) {}

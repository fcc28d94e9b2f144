package org.benchmarkresults.model;

/** A question that needs no words: its address says it all. */
public record NoArguments() {}

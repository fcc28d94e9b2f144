package org.benchmarkresults.model.observation;

/** A value where a number was expected and none could be taken. */
public record NotUnderstood(String pointer, String reason) {}

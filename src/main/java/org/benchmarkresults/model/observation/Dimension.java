package org.benchmarkresults.model.observation;

/**
 * A condition under which something was measured.
 *
 * @param text the value as the file has it
 * @param number whether the file has a number there, and not a string or a literal
 */
public record Dimension(String name, String text, boolean number) {}

package org.benchmarkresults.model.result;

/**
 * A top-level member that the contract does not name: kept as sent and given back.
 *
 * @param name any text, also empty or with dots and dollars
 * @param value its JSON value as sent
 */
public record ExtraField(String name, RawJson value) {}

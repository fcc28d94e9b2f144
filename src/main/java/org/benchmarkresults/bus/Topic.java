package org.benchmarkresults.bus;

/**
 * What is told to whoever listens, on every node: its name on the bus and the class of what is
 * told. Nobody answers, and what is told may be lost with a node or a connection.
 */
public record Topic<E>(String name, Class<E> event) {}

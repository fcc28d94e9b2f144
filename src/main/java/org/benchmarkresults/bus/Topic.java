package org.benchmarkresults.bus;

/**
 * A topic on the bus: its name and the class of its events. Delivery is at most once: events are
 * lost with a node or a connection.
 */
public record Topic<E>(String name, Class<E> event) {}

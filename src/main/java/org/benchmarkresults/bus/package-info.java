/**
 * The typed event bus: addresses, topics, codec, calls between nodes. No other package uses the
 * Vert.x event bus, and modules of different roles call each other through it alone.
 */
@NullMarked
package org.benchmarkresults.bus;

import org.jspecify.annotations.NullMarked;

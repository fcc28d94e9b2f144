/**
 * What is done from the command line instead of over HTTP. Started by the node alone; it asks over
 * the bus as everybody does, on the thread that started it, and tells a person what became of it.
 * It knows neither HTTP nor Mongo.
 */
@NullMarked
package org.benchmarkresults.cli;

import org.jspecify.annotations.NullMarked;

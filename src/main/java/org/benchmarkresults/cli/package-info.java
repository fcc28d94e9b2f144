/**
 * The commands: their arguments, and their work over the bus of a node that has only storage. They
 * block the thread that runs them. The package depends neither on HTTP nor on MongoDB.
 */
@NullMarked
package org.benchmarkresults.cli;

import org.jspecify.annotations.NullMarked;

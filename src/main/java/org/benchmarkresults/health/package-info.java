/** Health and probes of a node, answered from the last known state of the database. */
@NullMarked
package org.benchmarkresults.health;

import org.jspecify.annotations.NullMarked;

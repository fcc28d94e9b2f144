/**
 * The storage module, the only one that uses MongoDB. It is called over the bus and replies with
 * outcomes, never with HTTP statuses.
 */
@NullMarked
package org.benchmarkresults.storage;

import org.jspecify.annotations.NullMarked;

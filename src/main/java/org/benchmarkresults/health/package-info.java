/**
 * Watches the database and keeps the last verdict; answers probes from memory. It never waits for
 * the database while somebody asks.
 */
@NullMarked
package org.benchmarkresults.health;

import org.jspecify.annotations.NullMarked;

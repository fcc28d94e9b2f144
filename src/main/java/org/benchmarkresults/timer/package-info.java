/**
 * Timers of the event loop. It owns the ids that Vert.x gives timers, so that no other package
 * holds one: Vert.x counts them from 0, and an id that was never set is somebody else's timer.
 * Knows Vert.x alone.
 */
@NullMarked
package org.benchmarkresults.timer;

import org.jspecify.annotations.NullMarked;

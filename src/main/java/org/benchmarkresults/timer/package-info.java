/**
 * Timers of the event loop. No other package holds a timer id: Vert.x counts ids from 0, so that
 * cancelling an id that was never set would cancel another timer.
 */
@NullMarked
package org.benchmarkresults.timer;

import org.jspecify.annotations.NullMarked;

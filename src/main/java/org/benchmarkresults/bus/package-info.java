/**
 * The typed event bus: addresses, codec, ask and serve. The only room that knows the event bus; the
 * role rooms meet here and nowhere else.
 */
@NullMarked
package org.benchmarkresults.bus;

import org.jspecify.annotations.NullMarked;

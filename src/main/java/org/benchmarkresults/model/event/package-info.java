/** Messages of the event stream. */
@NullMarked
package org.benchmarkresults.model.event;

import org.jspecify.annotations.NullMarked;

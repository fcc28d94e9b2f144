/** The event stream of stored results (Server-Sent Events). */
@NullMarked
package org.benchmarkresults.http.events;

import org.jspecify.annotations.NullMarked;

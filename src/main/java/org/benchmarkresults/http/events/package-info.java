/** The event stream: what was stored, told to clients that wait for it (Server-Sent Events). */
@NullMarked
package org.benchmarkresults.http.events;

import org.jspecify.annotations.NullMarked;

/** Timeouts and resets of connections whose client does not read or send. */
@NullMarked
package org.benchmarkresults.http.connection;

import org.jspecify.annotations.NullMarked;

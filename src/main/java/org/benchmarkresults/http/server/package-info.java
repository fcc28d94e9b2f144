/**
 * The HTTP server below the routes: TLS, compression, pipelining, idle connections and rules for
 * messages.
 */
@NullMarked
package org.benchmarkresults.http.server;

import org.jspecify.annotations.NullMarked;

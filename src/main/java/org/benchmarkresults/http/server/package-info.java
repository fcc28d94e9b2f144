/**
 * The HTTP server below the routes: TLS, compression, pipelining, idle connections, message rules.
 */
@NullMarked
package org.benchmarkresults.http.server;

import org.jspecify.annotations.NullMarked;

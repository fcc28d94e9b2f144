/**
 * Collects what the node measures of itself and writes it for Prometheus. The other rooms know the
 * registry alone.
 */
@NullMarked
package org.benchmarkresults.telemetry;

import org.jspecify.annotations.NullMarked;

/** Health, probes and metrics of the node. */
@NullMarked
package org.benchmarkresults.http.node;

import org.jspecify.annotations.NullMarked;

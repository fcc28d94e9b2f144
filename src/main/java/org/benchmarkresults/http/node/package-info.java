/** What the node tells of itself: health, probes, metrics. */
@NullMarked
package org.benchmarkresults.http.node;

import org.jspecify.annotations.NullMarked;

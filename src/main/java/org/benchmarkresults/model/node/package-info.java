/** Messages about nodes and their health. */
@NullMarked
package org.benchmarkresults.model.node;

import org.jspecify.annotations.NullMarked;

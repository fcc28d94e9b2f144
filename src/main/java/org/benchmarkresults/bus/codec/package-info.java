/** Forms of values on the wire that differ from those of records. */
@NullMarked
package org.benchmarkresults.bus.codec;

import org.jspecify.annotations.NullMarked;

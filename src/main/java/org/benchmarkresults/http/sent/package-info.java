/** Reads the annotations that requests send. */
@NullMarked
package org.benchmarkresults.http.sent;

import org.jspecify.annotations.NullMarked;

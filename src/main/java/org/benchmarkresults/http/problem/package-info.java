/** Errors as clients see them (RFC 9457). */
@NullMarked
package org.benchmarkresults.http.problem;

import org.jspecify.annotations.NullMarked;

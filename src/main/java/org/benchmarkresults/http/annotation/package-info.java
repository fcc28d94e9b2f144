/** The operations on annotations: change them, list their changes, list labels. */
@NullMarked
package org.benchmarkresults.http.annotation;

import org.jspecify.annotations.NullMarked;

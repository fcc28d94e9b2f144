/** Requests about annotations, and their replies. */
@NullMarked
package org.benchmarkresults.model.annotation.request;

import org.jspecify.annotations.NullMarked;

/** Keeps the annotations of result names, their history and their copies in other documents. */
@NullMarked
package org.benchmarkresults.storage.annotation;

import org.jspecify.annotations.NullMarked;

/** Labels, notes and exclusions of results, and their changes. */
@NullMarked
package org.benchmarkresults.model.annotation;

import org.jspecify.annotations.NullMarked;

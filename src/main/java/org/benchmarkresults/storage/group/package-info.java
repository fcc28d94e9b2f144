/** Inserts and finds that many requests share. */
@NullMarked
package org.benchmarkresults.storage.group;

import org.jspecify.annotations.NullMarked;

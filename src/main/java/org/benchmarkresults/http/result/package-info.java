/** Single results: saving, reading, versions, deletion and restore. */
@NullMarked
package org.benchmarkresults.http.result;

import org.jspecify.annotations.NullMarked;

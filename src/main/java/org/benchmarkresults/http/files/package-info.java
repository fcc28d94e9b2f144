/** Files as benchmark tools wrote them, uploaded without an envelope. */
@NullMarked
package org.benchmarkresults.http.files;

import org.jspecify.annotations.NullMarked;

/** What happens to a connection whose other side does not read or send. */
@NullMarked
package org.benchmarkresults.http.connection;

import org.jspecify.annotations.NullMarked;

/** HTTP headers of requests and responses: media types, links, file names, dates, framing. */
@NullMarked
package org.benchmarkresults.http.headers;

import org.jspecify.annotations.NullMarked;

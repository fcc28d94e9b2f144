/**
 * What headers of requests and answers mean: media types, links, file names, dates, and what
 * clients of HTTP/1.0 need.
 */
@NullMarked
package org.benchmarkresults.http.headers;

import org.jspecify.annotations.NullMarked;

/**
 * What callers write to say which results they mean, in which order and from where on: read into
 * the model, and written back. Plain functions over text; it knows neither HTTP nor Mongo and does
 * no I/O.
 */
@NullMarked
package org.benchmarkresults.query;

import org.jspecify.annotations.NullMarked;

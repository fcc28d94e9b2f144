/**
 * Parses query parameters (filters, names of fields, values, cursors) into records of the model,
 * and writes cursors. Functions over text, without I/O.
 */
@NullMarked
package org.benchmarkresults.query;

import org.jspecify.annotations.NullMarked;

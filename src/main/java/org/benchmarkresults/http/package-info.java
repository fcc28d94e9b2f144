/**
 * The contract made into routes; the only room that knows HTTP. It asks the other rooms over the
 * bus and turns their outcomes into answers.
 */
@NullMarked
package org.benchmarkresults.http;

import org.jspecify.annotations.NullMarked;

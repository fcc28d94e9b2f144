/**
 * The routes, made from the contract; the only module that knows HTTP. It reaches the others over
 * the bus and turns their outcomes into answers.
 */
@NullMarked
package org.benchmarkresults.http;

import org.jspecify.annotations.NullMarked;

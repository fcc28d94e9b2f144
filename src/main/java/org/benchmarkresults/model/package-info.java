/**
 * Values that are stored or sent, on the JDK alone. Every module may use it; it never does any I/O
 * and knows neither HTTP nor Mongo.
 */
@NullMarked
package org.benchmarkresults.model;

import org.jspecify.annotations.NullMarked;

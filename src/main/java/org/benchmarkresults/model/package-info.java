/**
 * What is stored and what travels: values on the JDK alone. Every room may use it; it never does
 * any I/O and knows neither HTTP nor Mongo.
 */
@NullMarked
package org.benchmarkresults.model;

import org.jspecify.annotations.NullMarked;

/**
 * Access control: authentication, scopes and benchmark prefixes, rate limits, and pages of other
 * origins.
 */
@NullMarked
package org.benchmarkresults.http.access;

import org.jspecify.annotations.NullMarked;

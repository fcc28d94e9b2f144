/**
 * Who may do what: callers, keys and tokens, their limits and quotas, pages of other origins, and
 * the entries of the audit trail that requests leave.
 */
@NullMarked
package org.benchmarkresults.http.access;

import org.jspecify.annotations.NullMarked;

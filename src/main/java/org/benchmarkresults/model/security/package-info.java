/** Messages about keys and the audit trail. */
@NullMarked
package org.benchmarkresults.model.security;

import org.jspecify.annotations.NullMarked;

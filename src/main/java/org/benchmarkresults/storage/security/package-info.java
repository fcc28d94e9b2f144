/** Keys and the audit trail. */
@NullMarked
package org.benchmarkresults.storage.security;

import org.jspecify.annotations.NullMarked;

/** Results: what is sent, what is stored, and the messages that save and find one. */
@NullMarked
package org.benchmarkresults.model.result;

import org.jspecify.annotations.NullMarked;

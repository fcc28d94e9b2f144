/** Messages about attachments: files that lie beside a result. */
@NullMarked
package org.benchmarkresults.model.attachment;

import org.jspecify.annotations.NullMarked;

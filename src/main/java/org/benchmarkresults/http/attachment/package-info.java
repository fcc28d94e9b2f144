/** Attachments: files beside a result, uploaded and downloaded in chunks. */
@NullMarked
package org.benchmarkresults.http.attachment;

import org.jspecify.annotations.NullMarked;

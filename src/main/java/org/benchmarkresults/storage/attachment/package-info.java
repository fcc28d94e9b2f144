/**
 * Attachments. They belong to a result name of one stage and to the first life of the result, so
 * they go and come back with it and never appear beside another result of the same name.
 */
@NullMarked
package org.benchmarkresults.storage.attachment;

import org.jspecify.annotations.NullMarked;

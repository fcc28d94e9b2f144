/** The contract in openapi.yaml: its document, its schemas and the parameters of its operations. */
@NullMarked
package org.benchmarkresults.http.contract;

import org.jspecify.annotations.NullMarked;

/** The command that sends files of results to a service. */
@NullMarked
package org.benchmarkresults.cli.push;

import org.jspecify.annotations.NullMarked;

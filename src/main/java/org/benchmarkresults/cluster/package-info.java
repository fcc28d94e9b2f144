/**
 * Cluster membership; the only package that uses Hazelcast. It keeps no state of the service, so
 * that a split cluster loses nothing.
 */
@NullMarked
package org.benchmarkresults.cluster;

import org.jspecify.annotations.NullMarked;

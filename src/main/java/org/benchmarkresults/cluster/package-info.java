/**
 * Joins this node to the others and knows who they are; the only room that knows Hazelcast. It
 * keeps no state of the service: what is stored is in the database, and a cluster that falls apart
 * loses nothing.
 */
@NullMarked
package org.benchmarkresults.cluster;

import org.jspecify.annotations.NullMarked;

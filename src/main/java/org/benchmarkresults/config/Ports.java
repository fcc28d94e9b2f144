package org.benchmarkresults.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no two servers of a node have the same address and port. The operating system allows
 * it within one process, and each server would get some of the other's connections.
 */
final class Ports {
  private static final Set<String> ALL = Set.of("0.0.0.0", "0:0:0:0:0:0:0:0", "*");
  private static final Set<String> THIS_MACHINE =
      Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");

  private record Place(String setting, String host, int port) {
    boolean meets(Place other) {
      return port == other.port && port != 0 && overlaps(host, other.host);
    }

    private static boolean overlaps(String one, String other) {
      return one.equals(other)
          || ALL.contains(one)
          || ALL.contains(other)
          || (THIS_MACHINE.contains(one) && THIS_MACHINE.contains(other));
    }
  }

  private Ports() {}

  /**
   * A sentence for each two servers at one place.
   *
   * @param http null where the node has no public port
   */
  static List<String> faults(
      Config.@Nullable Http http, Config.Management management, Config.Cluster cluster) {
    List<Place> places = new ArrayList<>();
    if (http != null) {
      places.add(place("http.port", http.host(), http.port()));
    }
    places.add(place("management.port", management.host(), management.port()));
    if (cluster.enabled()) {
      places.add(place("cluster.port", cluster.host(), cluster.port()));
      places.add(place("cluster.bus_port", cluster.host(), cluster.busPort()));
    }
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      for (Place other : places.subList(i + 1, places.size())) {
        Place one = places.get(i);
        if (one.meets(other)) {
          faults.add(
              one.setting
                  + " and "
                  + other.setting
                  + " are both "
                  + one.port
                  + "; each needs a port of its own");
        }
      }
    }
    return faults;
  }

  private static Place place(String setting, String host, int port) {
    return new Place(setting, Hosts.canonical(host), port);
  }
}

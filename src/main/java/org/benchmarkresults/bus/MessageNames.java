package org.benchmarkresults.bus;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.model.security.AuditPage;
import org.benchmarkresults.model.security.AuditQuery;

/**
 * The names of message classes on the wire. A name stays the same when its class moves or is
 * renamed, because nodes of two releases run side by side during a rolling upgrade.
 */
final class MessageNames {
  /** The first release used class names, when all message classes were in this package. */
  private static final String PREFIX = "org.benchmarkresults.model.";

  /** The first names of renamed classes. */
  private static final Map<Class<?>, String> RENAMED =
      Map.of(
          NoArguments.class, "Ask",
          AuditEntryBatch.class, "ChangeList",
          AuditPage.class, "ChangePage",
          AuditQuery.class, "ChangeQuery");

  private static final Map<String, Class<?>> CLASSES = classes();

  private MessageNames() {}

  static String of(Class<?> type) {
    String binary = type.getName();
    return PREFIX + RENAMED.getOrDefault(type, binary.substring(binary.lastIndexOf('.') + 1));
  }

  /**
   * The class with a name, out of those that the addresses and topics use.
   *
   * @throws IllegalArgumentException when this release knows none
   */
  static Class<?> classOf(String name) {
    Class<?> type = CLASSES.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no message of this release: " + name);
    }
    return type;
  }

  private static Map<String, Class<?>> classes() {
    Map<String, Class<?>> classes = new HashMap<>();
    for (Address<?, ?> address : Addresses.ALL) {
      add(address.requestType(), classes);
      add(address.replyType(), classes);
    }
    for (Topic<?> topic : Topics.ALL) {
      add(topic.event(), classes);
    }
    return Collections.unmodifiableMap(classes);
  }

  private static void add(Class<?> type, Map<String, Class<?>> classes) {
    if (type.isSealed()) {
      for (Class<?> kind : type.getPermittedSubclasses()) {
        add(kind, classes);
      }
      return;
    }
    Class<?> other = classes.put(of(type), type);
    if (other != null && other != type) {
      throw new IllegalStateException(type + " and " + other + " have one name on the wire");
    }
  }
}

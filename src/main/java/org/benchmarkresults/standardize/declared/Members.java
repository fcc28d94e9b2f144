package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The members of one mapping of a YAML file; every fault names its line. */
final class Members {
  private final String file;
  private final Node mapping;
  private final Map<String, Node> members = new LinkedHashMap<>();

  /**
   * @param known the names that a member may have; null for any
   */
  Members(String file, Node node, @Nullable Set<String> known) {
    this.file = file;
    this.mapping = node;
    if (!(node instanceof MappingNode map)) {
      throw fault(node, "names with values are expected here");
    }
    for (NodeTuple tuple : map.getValue()) {
      String name = scalar(tuple.getKeyNode());
      if (known != null && !known.contains(name)) {
        throw fault(
            tuple.getKeyNode(), "'" + name + "' is not one of " + String.join(", ", sorted(known)));
      }
      if (members.put(name, tuple.getValueNode()) != null) {
        throw fault(tuple.getKeyNode(), "'" + name + "' stands here twice");
      }
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  DeclarationException fault(Node at, String fault) {
    return new DeclarationException(file, at.getStartMark(), fault);
  }

  DeclarationException fault(String fault) {
    return fault(mapping, fault);
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw fault(node, "a single text is expected here");
  }

  String text(String name) {
    Node node = members.get(name);
    if (node == null) {
      throw fault(mapping, "'" + name + "' is missing");
    }
    return scalar(node);
  }

  String text(String name, String otherwise) {
    Node node = members.get(name);
    return node == null ? otherwise : scalar(node);
  }

  /** A text that is one of these. */
  String text(String name, Set<String> oneOf) {
    String text = text(name);
    if (!oneOf.contains(text)) {
      throw fault(name, "'" + text + "' is not one of " + String.join(", ", sorted(oneOf)));
    }
    return text;
  }

  int number(String name, int otherwise) {
    Node node = members.get(name);
    try {
      return node == null ? otherwise : Integer.parseInt(scalar(node));
    } catch (NumberFormatException e) {
      throw fault(name, "'" + name + "' is a whole number");
    }
  }

  boolean flag(String name) {
    String text = text(name, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(name, "'" + name + "' is true or false");
    }
    return text.equals("true");
  }

  /** A fault of a member's value. */
  DeclarationException fault(String name, String fault) {
    return fault(java.util.Objects.requireNonNullElse(members.get(name), mapping), fault);
  }

  /** A text or a list of texts, each made into something. */
  <T> List<T> list(String name, Function<String, T> made) {
    Node node = members.get(name);
    List<T> all = new ArrayList<>();
    if (node == null) {
      return all;
    }
    List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    for (Node item : items) {
      all.add(made(item, made));
    }
    return all;
  }

  private <T> T made(Node item, Function<String, T> made) {
    try {
      return made.apply(scalar(item));
    } catch (IllegalArgumentException e) {
      throw fault(item, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  Expression expression(String name) {
    // Each text by itself first, so that a fault is told where it stands.
    List<Expression> unused = list(name, text -> Expression.of(List.of(text)));
    return Expression.of(list(name, text -> text));
  }

  /** A pointer. */
  PathPattern path(String name) {
    String text = text(name);
    return made(java.util.Objects.requireNonNull(members.get(name)), any -> PathPattern.of(text));
  }

  PathPattern path(String name, String otherwise) {
    return has(name) ? path(name) : PathPattern.of(otherwise);
  }

  /** A regular expression; null where the member is missing. */
  @Nullable Pattern pattern(String name) {
    Node node = members.get(name);
    return node == null ? null : made(node, Patterns::of);
  }

  /** Names or pointers, each with a value of one kind. */
  <K, V> Map<K, V> map(String name, Function<String, K> key, Function<String, V> value) {
    return map(name, key, value, any -> true);
  }

  /** Those of the names or pointers that are wanted, each with a value of one kind. */
  <K, V> Map<K, V> map(
      String name, Function<String, K> key, Function<String, V> value, Predicate<String> wanted) {
    Map<K, V> all = new LinkedHashMap<>();
    Node node = members.get(name);
    if (node != null && !(node instanceof MappingNode)) {
      throw fault(node, "'" + name + "' has names with values");
    }
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (wanted.test(scalar(tuple.getKeyNode()))) {
          all.put(made(tuple.getKeyNode(), key), made(tuple.getValueNode(), value));
        }
      }
    }
    return all;
  }

  /** Those of the names that are wanted, with expressions, which may be lists. */
  Map<String, Expression> expressions(String name, Predicate<String> wanted) {
    Map<String, Expression> all = new LinkedHashMap<>();
    Node node = members.get(name);
    if (node != null) {
      Members inner = new Members(file, node, null);
      for (String key : inner.members.keySet()) {
        if (wanted.test(key)) {
          all.put(key, inner.expression(key));
        }
      }
    }
    return all;
  }

  /** Names with expressions, which may be lists. */
  Map<String, Expression> expressions(String name) {
    return expressions(name, any -> true);
  }

  /** A list of mappings. */
  List<Members> mappings(String name, Set<String> known) {
    Node node = members.get(name);
    if (!(node instanceof SequenceNode sequence)) {
      throw fault(
          node == null ? mapping : node,
          "'" + name + (node == null ? "' is missing" : "' is a list, each with names and values"));
    }
    return sequence.getValue().stream().map(item -> new Members(file, item, known)).toList();
  }

  Members mapping(String name, Set<String> known) {
    Node node = members.get(name);
    if (node == null) {
      throw fault(mapping, "'" + name + "' is missing");
    }
    return new Members(file, node, known);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }
}

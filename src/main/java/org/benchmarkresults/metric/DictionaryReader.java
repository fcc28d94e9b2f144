package org.benchmarkresults.metric;

import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the entries of a dictionary out of YAML. */
final class DictionaryReader {
  private static final Set<String> MEMBERS =
      Set.of("aliases", "also", "unit", "better", "kind", "floor", "ceiling", "otel");

  /** A name that counts for one tool alone. */
  private static final Pattern OF_TOOL = Pattern.compile("[a-z][a-z0-9-]*:(.+)");

  private final String file;

  private DictionaryReader(String file) {
    this.file = file;
  }

  /**
   * Reads the entries of a file.
   *
   * @param file its name, for messages
   * @param known takes each name that is known, and what it means
   * @throws IllegalArgumentException when an entry is wrong; the message names file and line
   */
  static void read(String file, Reader yaml, BiConsumer<String, Metric> known) {
    DictionaryReader reader = new DictionaryReader(file);
    try {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(yaml);
      if (root != null) {
        for (NodeTuple entry : reader.mapping(root, "a dictionary is a map of metrics by name")) {
          reader.read(reader.scalar(entry.getKeyNode()), entry.getValueNode(), known);
        }
      }
    } catch (MarkedYAMLException e) {
      throw reader.fault(e.getProblemMark(), String.valueOf(e.getProblem()));
    }
  }

  private void read(String name, Node entry, BiConsumer<String, Metric> known) {
    Map<String, Node> members = members(name, entry);
    Metric metric = metric(nameAlone(name), members);
    known.accept(name, metric);
    metric.aliases().forEach(alias -> known.accept(alias, metric));
    for (String also : names("also", members.get("also"))) {
      known.accept(also, metric(nameAlone(also), members));
    }
  }

  private static String nameAlone(String name) {
    Matcher ofTool = OF_TOOL.matcher(name);
    return ofTool.matches() ? ofTool.group(1) : name;
  }

  private Map<String, Node> members(String name, Node entry) {
    Map<String, Node> members = new HashMap<>();
    String wrong = "'" + name + "' is a map with members such as unit and better";
    for (NodeTuple member : mapping(entry, wrong)) {
      String called = scalar(member.getKeyNode());
      if (!MEMBERS.contains(called)) {
        throw fault(
            member.getKeyNode().getStartMark(), "'" + called + "' is no member of a metric");
      }
      members.put(called, member.getValueNode());
    }
    return members;
  }

  private Metric metric(String name, Map<String, Node> members) {
    return new Metric(
        name,
        names("aliases", members.get("aliases")),
        text(members.get("unit")),
        isHigherBetter(members.get("better")),
        kind(members.get("kind")),
        number(members.get("floor")),
        number(members.get("ceiling")),
        text(members.get("otel")));
  }

  private List<String> names(String member, @Nullable Node node) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw fault(node.getStartMark(), "'" + member + "' is a list of names");
    }
    return sequence.getValue().stream().map(this::scalar).toList();
  }

  private @Nullable Boolean isHigherBetter(@Nullable Node node) {
    String text = text(node);
    if (node != null && !Set.of("higher", "lower").contains(String.valueOf(text))) {
      throw fault(node.getStartMark(), "'better' is higher or lower");
    }
    return text == null ? null : Boolean.valueOf(text.equals("higher"));
  }

  private @Nullable String kind(@Nullable Node node) {
    String text = text(node);
    if (node != null && text != null && !Family.knows(text)) {
      throw fault(node.getStartMark(), "'" + text + "' is no kind of metric");
    }
    return text;
  }

  private @Nullable Double number(@Nullable Node node) {
    String text = text(node);
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw fault(java.util.Objects.requireNonNull(node).getStartMark(), text + " is no number");
    }
  }

  private @Nullable String text(@Nullable Node node) {
    return node == null || node.getTag().equals(Tag.NULL) ? null : scalar(node);
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw fault(node.getStartMark(), "a text stands here");
  }

  private List<NodeTuple> mapping(Node node, String otherwise) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw fault(node.getStartMark(), otherwise);
  }

  private IllegalArgumentException fault(@Nullable Mark at, String sentence) {
    String line = at == null ? "" : ":" + (at.getLine() + 1);
    return new IllegalArgumentException(file + line + ": " + sentence);
  }
}

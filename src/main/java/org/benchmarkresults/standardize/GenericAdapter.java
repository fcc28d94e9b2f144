package org.benchmarkresults.standardize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.ArrayNode;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.benchmarkresults.standardize.json.Node.ObjectNode;
import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Takes the numbers of a team's own JSON that no other adapter recognises: an object, or a short
 * array of objects, in which at least one number has a name that the dictionary knows. Depth and
 * number are bounded; longer arrays are taken for samples and left out.
 */
public final class GenericAdapter implements Adapter {
  static final int DEEPEST = 8;
  static final int LONGEST_ARRAY = 32;
  private static final int MOST_NUMBERS = 500;
  private static final List<String> MODEL =
      List.of("model", "model_id", "model_name", "model_path", "model_name_or_path");
  private static final List<String> ABOUT = List.of("metadata", "meta", "info", "config", "run");
  private static final List<String> TIME =
      List.of(
          "timestamp",
          "date",
          "datetime",
          "created_at",
          "evaluation_date",
          "evaluated_at",
          "run_date",
          "generated_at");

  private final Dictionary dictionary;

  public GenericAdapter(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  @Override
  public String name() {
    return "generic";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String tool() {
    return "generic";
  }

  @Override
  public String format() {
    return "own-json";
  }

  @Override
  public int rank() {
    return Integer.MIN_VALUE;
  }

  @Override
  public boolean readsElements() {
    return false;
  }

  @Override
  public @Nullable String recognise(Node outline) {
    for (Node root : roots(outline)) {
      String known = root.child("$schema") == null ? firstKnown(root, "", DEEPEST) : null;
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  /** The objects that a document is made of; none where it is no object and no short array. */
  private static List<Node> roots(Node document) {
    List<Node> roots = new ArrayList<>();
    if (document instanceof ObjectNode) {
      roots.add(document);
    } else if (document instanceof ArrayNode array
        && array.elements().size() <= LONGEST_ARRAY
        && !GenericSamples.areIn(array, "")) {
      for (Node element : array.elements()) {
        if (element instanceof ObjectNode) {
          roots.add(element);
        }
      }
    }
    return roots;
  }

  private @Nullable String firstKnown(Node node, String name, int depth) {
    if (node instanceof Leaf leaf) {
      boolean number = leaf.kind() == Kind.NUMBER;
      boolean measured = number && !GenericNames.isNoMeasurement(name);
      return measured && GenericNames.holdsKnown(name, dictionary) ? name : null;
    }
    if (depth == 0 || GenericNames.isSetting(name) || GenericSamples.areIn(node, name)) {
      return null;
    }
    for (Map.Entry<String, Node> child : children(node).entrySet()) {
      boolean element =
          node instanceof ArrayNode || (!name.isEmpty() && GenericNames.isPart(child.getKey()));
      String known = firstKnown(child.getValue(), element ? name : child.getKey(), depth - 1);
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  private static Map<String, Node> children(Node node) {
    return switch (node) {
      case ObjectNode object -> object.members();
      case ArrayNode array when array.elements().size() <= LONGEST_ARRAY -> {
        Map<String, Node> children = new LinkedHashMap<>();
        for (int i = 0; i < array.elements().size(); i++) {
          Node element = array.elements().get(i);
          if (element != null) {
            children.put(Integer.toString(i), element);
          }
        }
        yield children;
      }
      default -> Map.of();
    };
  }

  @Override
  public Wanted wanted() {
    return GenericWanted.ofBody();
  }

  @Override
  public void read(Document document, Findings findings) {
    if (findings.discarded()) {
      return;
    }
    if (document.line() > 0 && findings.runs().size() == LONGEST_ARRAY) {
      findings.discard("more than " + LONGEST_ARRAY + " lines are taken for samples");
      return;
    }
    if (document.root() instanceof ObjectNode) {
      if (document.line() == 0 || !GenericSamples.isSample(document.root())) {
        read(document, List.of(), document.root(), findings);
      }
    } else if (!roots(document.root()).isEmpty()) {
      children(document.root())
          .forEach((index, element) -> read(document, List.of(index), element, findings));
    }
  }

  private void read(Document document, List<String> path, Node root, Findings findings) {
    int run = findings.addRun(run(document, path, root));
    int first = findings.observations().size();
    GenericReader reader =
        new GenericReader(dictionary, document, findings, run, path.size(), MOST_NUMBERS);
    reader.read(root, path, "", path.size() + DEEPEST);
    reader.choosePrimaries(first);
  }

  private static Run run(Document document, List<String> path, Node root) {
    List<String> model = find(root, MODEL, true);
    List<String> time = find(root, TIME, false);
    List<String> whole = new ArrayList<>(path);
    whole.addAll(time);
    return new Run(
        document.pointer(path),
        told(root, model),
        null,
        time.isEmpty()
            ? null
            : RunTimes.of(String.valueOf(told(root, time)), document.pointer(whole)),
        List.of());
  }

  /** The way to the first of some members, of the object or of what it says about itself. */
  private static List<String> find(Node root, List<String> names, boolean text) {
    for (String name : names) {
      if (isTold(root.child(name), text)) {
        return List.of(name);
      }
    }
    for (String about : ABOUT) {
      Node inner = root.child(about);
      for (String name : names) {
        if (inner != null && isTold(inner.child(name), text)) {
          return List.of(about, name);
        }
      }
    }
    return List.of();
  }

  private static boolean isTold(@Nullable Node node, boolean text) {
    return node instanceof Leaf leaf
        && leaf.told() != null
        && (!text || leaf.kind() == Kind.STRING);
  }

  private static @Nullable String told(Node root, List<String> path) {
    Node node = root;
    for (String name : path) {
      Node child = node.child(name);
      if (child == null) {
        return null;
      }
      node = child;
    }
    return path.isEmpty() ? null : node.told();
  }
}

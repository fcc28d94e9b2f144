package org.benchmarkresults.standardize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.model.observation.RunTime;
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
  private static final List<String> MODEL = List.of("model", "model_id", "model_name");
  private static final List<String> TIME = List.of("timestamp", "date", "datetime", "created_at");

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
    } else if (document instanceof ArrayNode array && array.elements().size() <= LONGEST_ARRAY) {
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
      return number && GenericNames.of(name, dictionary).known() != null ? name : null;
    }
    if (depth == 0 || GenericNames.isSetting(name)) {
      return null;
    }
    for (Map.Entry<String, Node> child : children(node).entrySet()) {
      boolean element = node instanceof ArrayNode;
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
      read(document, List.of(), document.root(), findings);
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
    String model = null;
    for (String name : MODEL) {
      if (model == null && root.child(name) instanceof Leaf leaf && leaf.kind() == Kind.STRING) {
        model = leaf.told();
      }
    }
    RunTime time = null;
    for (String name : TIME) {
      String text = root.child(name) instanceof Leaf leaf ? leaf.told() : null;
      if (time == null && text != null) {
        List<String> whole = new ArrayList<>(path);
        whole.add(name);
        time = RunTimes.of(text, document.pointer(whole));
      }
    }
    return new Run(document.pointer(path), model, null, time, List.of());
  }
}

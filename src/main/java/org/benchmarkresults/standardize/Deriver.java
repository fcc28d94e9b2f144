package org.benchmarkresults.standardize;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.observation.Derivation;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Outline;
import org.benchmarkresults.standardize.json.TreeReader;
import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Derives the observations of a body in two streaming passes: one for its outline, which tells the
 * adapter, and one for what the adapter wants. Thread-safe; it blocks on the body.
 */
public final class Deriver {
  /** Nodes take some 100 bytes each; outlines of the largest files have a few thousand. */
  private static final int MOST_NODES = 500_000;

  /** An adapter of a lower rank recognises by little, too little for the members of an object. */
  private static final int LEAST_OF_MEMBERS = 5;

  private final List<Adapter> adapters;

  /** A deriver with these adapters; of equal rank the first that recognises a body reads it. */
  public Deriver(List<Adapter> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  /** A body that can be read more than once. */
  public interface Body {
    /** The bytes from the first on. */
    InputStream open() throws IOException;
  }

  /**
   * The adapter of a body.
   *
   * @param elements whether the body is an array or an object of the adapter's documents
   */
  private record Recognised(Adapter adapter, String by, boolean elements) {}

  /** Wants the same of each element of an array, or of each member of an object. */
  private record Elements(Wanted wanted) implements Wanted {
    @Override
    public Wanted child(String segment, int position) {
      return wanted;
    }

    @Override
    public boolean descends() {
      return true;
    }
  }

  /**
   * Derives a body; the derivation has no adapter where none recognises the body.
   *
   * @throws IOException when the body cannot be read, or is not JSON
   */
  public Derivation derive(Body body) throws IOException {
    Recognised recognised = recognise(body);
    Findings findings = new Findings();
    if (recognised == null || recognised.adapter.holds() != null) {
      return derivation(recognised, findings);
    }
    Wanted wanted = recognised.adapter.wanted();
    if (recognised.elements) {
      wanted = new Elements(wanted);
    }
    try (TreeReader reader = new TreeReader(body.open(), MOST_NODES)) {
      Document document = reader.next(wanted);
      while (document != null) {
        if (recognised.elements) {
          readElements(recognised.adapter, document, findings);
        } else {
          recognised.adapter.read(document, findings);
        }
        document = reader.next(wanted);
      }
    }
    return derivation(recognised, findings);
  }

  private static void readElements(Adapter adapter, Document document, Findings findings) {
    children(document.root())
        .forEach(
            (name, child) ->
                adapter.read(new Document(document.line(), List.of(name), child), findings));
  }

  private static Map<String, Node> children(Node container) {
    return switch (container) {
      case Node.ObjectNode object -> object.members();
      case Node.ArrayNode array -> {
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

  private @Nullable Recognised recognise(Body body) throws IOException {
    Document outline;
    try (TreeReader reader = new TreeReader(body.open(), MOST_NODES)) {
      outline = reader.next(Outline.ofDocument());
    }
    if (outline == null) {
      return null;
    }
    Recognised whole = recognise(outline.root(), false);
    Node first = outline.root() instanceof Node.ArrayNode ? outline.root().child("0") : null;
    Recognised element = first == null ? null : recognise(first, true);
    if (outline.root() instanceof Node.ObjectNode object
        && (whole == null || whole.adapter.rank() < LEAST_OF_MEMBERS)) {
      element = recogniseMembers(object);
    }
    boolean wholeFirst =
        element == null || (whole != null && whole.adapter.rank() >= element.adapter.rank());
    return wholeFirst ? whole : element;
  }

  /** The adapter of an object in which each member is a document of it, such as a run a load. */
  private @Nullable Recognised recogniseMembers(Node.ObjectNode object) {
    Recognised all = null;
    for (Node member : object.members().values()) {
      Recognised one = member instanceof Node.ObjectNode ? recognise(member, true) : null;
      if (one == null
          || one.adapter.rank() < LEAST_OF_MEMBERS
          || (all != null && !all.adapter.name().equals(one.adapter.name()))) {
        return null;
      }
      all = all == null ? one : all;
    }
    return all;
  }

  private @Nullable Recognised recognise(Node outline, boolean elements) {
    Recognised best = null;
    for (Adapter adapter : adapters) {
      boolean reads = !elements || adapter.readsElements();
      if (reads && (best == null || adapter.rank() > best.adapter.rank())) {
        String by = adapter.recognise(outline);
        best = by == null ? best : new Recognised(adapter, by, elements);
      }
    }
    return best;
  }

  private static Derivation derivation(@Nullable Recognised recognised, Findings findings) {
    Adapter adapter = recognised == null ? null : recognised.adapter;
    return new Derivation(
        adapter == null ? null : adapter.name(),
        adapter == null ? 0 : adapter.version(),
        recognised == null ? null : recognised.by,
        adapter == null ? null : adapter.tool(),
        adapter == null ? null : adapter.format(),
        adapter == null ? null : adapter.holds(),
        findings.toolVersion(),
        findings.runs(),
        findings.observations(),
        findings.notUnderstood());
  }
}

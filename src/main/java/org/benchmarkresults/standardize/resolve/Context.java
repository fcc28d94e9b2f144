package org.benchmarkresults.standardize.resolve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.benchmarkresults.standardize.json.Node.ObjectNode;
import org.benchmarkresults.standardize.json.TreeReader;
import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a sender tells of a result, as dimensions. A member of an inner object has
 * the names on its way, joined by dots, as its name; arrays and null tell nothing. The object
 * {@code labels} holds labels of the result, which can be changed later, and no conditions.
 *
 * @param dimensions by name, without the model
 */
record Context(@Nullable String model, Map<String, Dimension> dimensions) {
  static final Context NONE = new Context(null, Map.of());

  /** More are no conditions. */
  private static final int MOST_DIMENSIONS = 200;

  private static final int MOST_NODES = 10_000;
  private static final int DEEPEST = 8;
  private static final String MODEL = "model";
  private static final String LABELS = "labels";

  /** Wants everything, down to a depth. */
  private record Everything(int depth) implements Wanted {
    @Override
    public Wanted child(String segment, int position) {
      return new Everything(depth - 1);
    }

    @Override
    public boolean descends() {
      return depth > 0;
    }
  }

  /** Reads a context; one that is no object tells nothing. */
  static Context of(@Nullable RawJson json) {
    if (json == null) {
      return NONE;
    }
    ByteBuffer bytes = json.bytes();
    try (TreeReader reader =
        new TreeReader(
            new ByteArrayInputStream(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()),
            MOST_NODES)) {
      Document document = reader.next(new Everything(DEEPEST));
      Map<String, Dimension> dimensions = new LinkedHashMap<>();
      if (document != null && document.root() instanceof ObjectNode object) {
        add("", object, dimensions);
      }
      Dimension model = dimensions.remove(MODEL);
      return new Context(model == null ? null : model.text(), dimensions);
    } catch (IOException e) {
      return NONE;
    }
  }

  private static void add(String prefix, ObjectNode object, Map<String, Dimension> dimensions) {
    object
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof ObjectNode inner) {
                if (prefix.isEmpty() && name.equals(LABELS)) {
                  return;
                }
                add(prefix + name + ".", inner, dimensions);
              } else if (value instanceof Leaf leaf
                  && leaf.told() != null
                  && dimensions.size() < MOST_DIMENSIONS) {
                dimensions.put(
                    prefix + name,
                    new Dimension(prefix + name, leaf.text(), leaf.kind() == Kind.NUMBER));
              }
            });
  }
}

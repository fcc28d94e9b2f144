package org.benchmarkresults.standardize.declared;

import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.standardize.Adapter;
import org.benchmarkresults.standardize.Findings;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/** An adapter that a {@link Declaration} describes. */
public final class DeclaredAdapter implements Adapter {
  private final Declaration declaration;
  private final Dictionary dictionary;
  private final Wanted wanted;
  private final Primaries primaries;

  DeclaredAdapter(Declaration declaration, Dictionary dictionary) {
    this.declaration = declaration;
    this.dictionary = dictionary;
    this.wanted = WantedPaths.of(wanted(declaration));
    this.primaries = Primaries.of(declaration, dictionary);
  }

  /**
   * The adapters that a file declares.
   *
   * @param file its name, for messages
   * @throws DeclarationException when a declaration is wrong
   */
  public static List<Adapter> read(String file, Reader yaml, Dictionary dictionary) {
    List<Adapter> adapters = new ArrayList<>();
    for (Declaration declaration : DeclarationReader.read(file, yaml)) {
      adapters.add(new DeclaredAdapter(declaration, dictionary));
    }
    return adapters;
  }

  private static Set<PathPattern> wanted(Declaration declaration) {
    Set<PathPattern> patterns = new LinkedHashSet<>();
    PathPattern run = declaration.runs();
    patterns.add(run);
    List<Expression> ofRun = new ArrayList<>(declaration.dimensions().values());
    ofRun.addAll(
        List.of(
            declaration.model(),
            declaration.tokenizer(),
            declaration.time(),
            declaration.toolVersion()));
    ofRun.addAll(declaration.skip().keySet());
    for (Expression expression : ofRun) {
      expression.references().forEach(reference -> patterns.addAll(reference.wanted(run, run)));
    }
    declaration.namedDimensions().values().forEach(at -> patterns.add(at.below(run)));
    for (Rule rule : declaration.rules()) {
      PathPattern at = rule.at().below(run);
      patterns.add(at);
      if (rule.list()) {
        patterns.add(PathPattern.of("/*").below(at));
      }
      for (Expression expression : rule.expressions()) {
        expression.references().forEach(reference -> patterns.addAll(reference.wanted(run, at)));
      }
    }
    return patterns;
  }

  @Override
  public String name() {
    return declaration.adapter();
  }

  @Override
  public int version() {
    return declaration.version();
  }

  @Override
  public String tool() {
    return declaration.tool();
  }

  @Override
  public String format() {
    return declaration.format();
  }

  @Override
  public @Nullable String holds() {
    return declaration.holds();
  }

  @Override
  public int rank() {
    return declaration.rank();
  }

  @Override
  public @Nullable String recognise(Node outline) {
    List<String> by = new ArrayList<>();
    for (PathPattern pattern : declaration.has()) {
      String found = firstOf(pattern, outline);
      if (found == null) {
        return null;
      }
      by.add(found);
    }
    for (PathPattern pattern : declaration.none()) {
      if (firstOf(pattern, outline) != null) {
        return null;
      }
    }
    for (Map.Entry<PathPattern, Pattern> is : declaration.is().entrySet()) {
      String found = matching(is.getKey(), is.getValue(), outline);
      if (found == null) {
        return null;
      }
      by.add(found);
    }
    if (!declaration.any().isEmpty()) {
      String found = null;
      for (PathPattern pattern : declaration.any()) {
        found = found == null ? firstOf(pattern, outline) : found;
      }
      if (found == null) {
        return null;
      }
      by.add(found);
    }
    return String.join(", ", by);
  }

  private static @Nullable String firstOf(PathPattern pattern, Node outline) {
    List<Matches.Match> found = Matches.of(pattern, outline);
    return found.isEmpty() ? null : String.join(".", found.getFirst().path());
  }

  private static @Nullable String matching(PathPattern at, Pattern text, Node outline) {
    for (Matches.Match match : Matches.of(at, outline)) {
      if (match.node() instanceof Node.Leaf leaf && Patterns.matcher(text, leaf.text()).find()) {
        return String.join(".", match.path());
      }
    }
    return null;
  }

  @Override
  public Wanted wanted() {
    return wanted;
  }

  @Override
  public void read(Document document, Findings findings) {
    for (Matches.Match run : Matches.of(declaration.runs(), document.root())) {
      if (run.node() instanceof Node.ObjectNode || run.node() instanceof Node.ArrayNode) {
        new RunReader(declaration, dictionary, primaries, document, findings).read(run);
      }
    }
  }
}

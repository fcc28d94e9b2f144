package org.benchmarkresults.standardize.catalog;

import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.derivation.AdapterList;
import org.benchmarkresults.standardize.Adapter;
import org.benchmarkresults.standardize.declared.DeclarationException;
import org.benchmarkresults.standardize.declared.DeclaredAdapter;

/**
 * The adapters that a node knows.
 *
 * @param ofTeam those that a team declared; of equal rank the first that recognises a body reads it
 * @param builtIn those that come with the program, tried after them
 */
public record AdapterCatalog(Dictionary dictionary, List<Adapter> ofTeam, List<Adapter> builtIn) {
  /** A team's adapter takes the place of one of the program with the same name. */
  public AdapterCatalog {
    ofTeam = List.copyOf(ofTeam);
    builtIn = without(builtIn, ofTeam);
  }

  private static List<Adapter> without(List<Adapter> all, List<Adapter> replaced) {
    Set<String> names = new HashSet<>();
    replaced.forEach(adapter -> names.add(adapter.name()));
    return all.stream().filter(adapter -> !names.contains(adapter.name())).toList();
  }

  /** All of them, in the order in which they are tried. */
  public List<Adapter> adapters() {
    List<Adapter> all = new ArrayList<>(ofTeam);
    all.addAll(builtIn);
    return all;
  }

  /**
   * The catalog with further adapters, which are tried first.
   *
   * @param file name of the declarations, for messages
   * @throws DeclarationException when a declaration is wrong
   */
  public AdapterCatalog before(String file, Reader yaml) {
    List<Adapter> first = DeclaredAdapter.read(file, yaml, dictionary);
    List<Adapter> team = new ArrayList<>(first);
    team.addAll(without(ofTeam, first));
    return new AdapterCatalog(dictionary, team, builtIn);
  }

  /** The versions of the adapters, by name. */
  public Map<String, Integer> versions() {
    Map<String, Integer> versions = new TreeMap<>();
    adapters().forEach(adapter -> versions.put(adapter.name(), adapter.version()));
    return versions;
  }

  /** Identifies names and versions: eight hex digits. */
  public String id() {
    CRC32C sum = new CRC32C();
    sum.update(versions().toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** The list of adapters. */
  public AdapterList list() {
    List<AdapterList.AdapterInfo> all = new ArrayList<>();
    ofTeam.forEach(adapter -> all.add(info(adapter, true)));
    builtIn.forEach(adapter -> all.add(info(adapter, false)));
    return new AdapterList(all);
  }

  private static AdapterList.AdapterInfo info(Adapter adapter, boolean isOfTeam) {
    return new AdapterList.AdapterInfo(
        adapter.name(),
        adapter.version(),
        adapter.tool(),
        adapter.format(),
        adapter.holds(),
        isOfTeam);
  }
}

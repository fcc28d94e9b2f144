package org.benchmarkresults.standardize.catalog;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.standardize.Adapter;
import org.benchmarkresults.standardize.JavaAdapters;
import org.benchmarkresults.standardize.declared.DeclaredAdapter;

/** Reads the adapters that come with the program and those of a team's folder. */
public final class CatalogFiles {
  /** One of the declarations; the others are beside it. */
  private static final String ONE = "/adapters/lm-eval.yaml";

  private CatalogFiles() {}

  /**
   * Reads all adapters. One of the team takes the place of one with the same name.
   *
   * @param adaptersFolder of the team's declarations; empty for none
   * @param metricsFile of the team's entries of the dictionary; empty for none
   * @throws IOException when a file cannot be read; the message names it
   * @throws RuntimeException when a file is wrong; the message names file and line
   */
  public static AdapterCatalog read(String adaptersFolder, String metricsFile) throws IOException {
    Dictionary dictionary = Dictionary.builtIn();
    if (!metricsFile.isEmpty()) {
      if (!Files.isRegularFile(Path.of(metricsFile))) {
        throw new IOException(
            "standardize.metrics_file names " + metricsFile + ", which is no file");
      }
      try (Reader reader = Files.newBufferedReader(Path.of(metricsFile))) {
        dictionary.add(metricsFile, reader);
      } catch (CharacterCodingException e) {
        throw new IOException(metricsFile + " is not UTF-8", e);
      }
    }
    List<Adapter> own =
        adaptersFolder.isEmpty() ? List.of() : ofFolder(Path.of(adaptersFolder), dictionary);
    Set<String> names = new HashSet<>();
    for (Adapter adapter : own) {
      if (!names.add(adapter.name())) {
        throw new IOException(
            adaptersFolder + ": the adapter " + adapter.name() + " is declared twice");
      }
    }
    return new AdapterCatalog(dictionary, own, builtIn(dictionary));
  }

  /** Reads the adapters that come with the program. */
  private static List<Adapter> builtIn(Dictionary dictionary) throws IOException {
    URL one = Objects.requireNonNull(CatalogFiles.class.getResource(ONE), ONE);
    List<Adapter> adapters = new ArrayList<>();
    try {
      URI uri = one.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          adapters.addAll(read(Objects.requireNonNull(jar.getPath(ONE).getParent()), dictionary));
        }
      } else {
        adapters.addAll(read(Objects.requireNonNull(Path.of(uri).getParent()), dictionary));
      }
    } catch (URISyntaxException e) {
      throw new IOException(one + " is no address", e);
    }
    adapters.addAll(JavaAdapters.all(dictionary));
    return adapters;
  }

  private static List<Adapter> ofFolder(Path folder, Dictionary dictionary) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("standardize.adapters_folder names " + folder + ", which is no folder");
    }
    return read(folder, dictionary);
  }

  private static List<Adapter> read(Path folder, Dictionary dictionary) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    List<Adapter> adapters = new ArrayList<>();
    for (Path file : files) {
      try (Reader reader = Files.newBufferedReader(file)) {
        adapters.addAll(DeclaredAdapter.read(file.toString(), reader, dictionary));
      } catch (CharacterCodingException e) {
        throw new IOException(file + " is not UTF-8", e);
      }
    }
    return adapters;
  }
}

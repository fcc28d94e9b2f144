package org.benchmarkresults.standardize.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.benchmarkresults.model.derivation.AdapterList.AdapterInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFilesTest {
  private static final String OWN =
      """
      adapter: our-score
      version: %d
      tool: our-harness
      format: summary
      recognise:
        has: [/our_score]
      observations:
        - at: /our_score
          metric: our_score
          better: higher
      """;

  @TempDir Path folder;

  @Test
  void allAdaptersOfTheProgramAreThere() throws IOException {
    AdapterCatalog catalog = CatalogFiles.read("", "");

    assertTrue(
        catalog
            .versions()
            .keySet()
            .containsAll(
                java.util.List.of("lm-eval", "vllm-serve", "standardized-vllm", "generic")));
    assertEquals("generic", catalog.adapters().getLast().name());
    assertTrue(catalog.list().adapters().stream().noneMatch(AdapterInfo::isOfTeam));
  }

  @Test
  void aTeamsAdaptersComeFirstAndChangeTheCatalog() throws IOException {
    AdapterCatalog builtIn = CatalogFiles.read("", "");
    Files.writeString(folder.resolve("our.yaml"), OWN.formatted(1));
    Files.writeString(folder.resolve("notes.txt"), "no declaration");
    AdapterCatalog first = CatalogFiles.read(folder.toString(), "");
    Files.writeString(folder.resolve("our.yaml"), OWN.formatted(2));
    AdapterCatalog second = CatalogFiles.read(folder.toString(), "");

    assertEquals(
        new AdapterInfo("our-score", 1, "our-harness", "summary", null, true),
        first.list().adapters().getFirst());
    assertNotEquals(builtIn.id(), first.id());
    assertNotEquals(first.id(), second.id());
    assertEquals(first.id(), first.before("d", new StringReader(OWN.formatted(1))).id());
  }

  @Test
  void aTeamsAdapterTakesThePlaceOfOneWithTheSameName() throws IOException {
    Files.writeString(
        folder.resolve("vllm.yaml"), OWN.formatted(7).replace("our-score", "vllm-serve"));

    AdapterCatalog catalog = CatalogFiles.read(folder.toString(), "");

    assertEquals(7, catalog.versions().get("vllm-serve"));
    assertEquals(
        1, catalog.adapters().stream().filter(one -> one.name().equals("vllm-serve")).count());
  }

  @Test
  void aWrongDeclarationIsToldWithFileAndLine() throws IOException {
    Path file = folder.resolve("our.yaml");
    Files.writeString(file, OWN.formatted(1).replace("tool:", "tol:"));

    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> CatalogFiles.read(folder.toString(), ""));

    assertTrue(refused.getMessage().startsWith(file + ":"), refused.getMessage());
  }

  @Test
  void aNameThatIsDeclaredTwiceIsRefused() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), OWN.formatted(1));
    Files.writeString(folder.resolve("b.yaml"), OWN.formatted(1));

    IOException refused =
        assertThrows(IOException.class, () -> CatalogFiles.read(folder.toString(), ""));

    assertEquals(folder + ": the adapter our-score is declared twice", refused.getMessage());
  }

  @Test
  void missingFilesAreNamed() {
    IOException noFolder =
        assertThrows(IOException.class, () -> CatalogFiles.read("not-there", ""));
    IOException noFile =
        assertThrows(IOException.class, () -> CatalogFiles.read("", "not-there.yaml"));

    assertEquals(
        "standardize.adapters_folder names not-there, which is no folder", noFolder.getMessage());
    assertEquals(
        "standardize.metrics_file names not-there.yaml, which is no file", noFile.getMessage());
  }
}

package org.benchmarkresults.cli.push;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds files of results. */
final class ResultFiles {
  private static final String LINES = "application/x-ndjson";
  private static final Pattern NAME =
      Pattern.compile(".+\\.(json|jsonl|ndjson)(\\.gz)?|.+\\.(eval|log)");

  private final List<PathMatcher> excluded;
  private final Set<Path> found = new TreeSet<>();
  private final Map<Path, String> unreadable = new TreeMap<>();

  /**
   * @param excluded patterns of names of files and folders to pass over
   */
  ResultFiles(List<String> excluded) {
    this.excluded =
        excluded.stream()
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
  }

  /**
   * Adds a file whatever its name, or the JSON files of a folder and of its folders that are not
   * hidden.
   *
   * @throws NoSuchFileException when there is neither
   */
  void add(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (Files.isDirectory(path)) {
      Path unused =
          Files.walkFileTree(
              path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(path));
    } else {
      found.add(path);
    }
  }

  /** The files, in the order of their names. */
  Set<Path> found() {
    return found;
  }

  /** Files and folders that cannot be read, with the reason. */
  Map<Path, String> unreadable() {
    return unreadable;
  }

  private boolean isLeftOut(Path path) {
    Path name = path.getFileName();
    return name != null
        && ((name.toString().startsWith(".") && name.toString().length() > 2)
            || excluded.stream().anyMatch(glob -> glob.matches(name)));
  }

  static boolean isCompressed(Path file) {
    return lowerCase(file).endsWith(".gz");
  }

  /** Whether its name says that it is JSON lines. */
  static boolean isLines(Path file) {
    return type(file).equals(LINES);
  }

  /** The type of the file's content, by its name. */
  static String type(Path file) {
    String name = lowerCase(file).replaceFirst("\\.gz$", "");
    return name.endsWith(".json")
        ? "application/json"
        : name.endsWith(".jsonl") || name.endsWith(".ndjson") ? LINES : "application/octet-stream";
  }

  private static String lowerCase(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isLeftOut(folder) && !folder.equals(root)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()
          && NAME.matcher(lowerCase(file)).matches()
          && !isLeftOut(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      // A link to a folder above leads to files that are found anyway.
      if (!isLeftOut(file) && !(failure instanceof FileSystemLoopException)) {
        unreadable.put(file, "cannot be read (" + failure.getClass().getSimpleName() + ")");
      }
      return FileVisitResult.CONTINUE;
    }
  }
}

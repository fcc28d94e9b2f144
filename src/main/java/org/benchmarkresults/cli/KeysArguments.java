package org.benchmarkresults.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.SettingValue;
import org.benchmarkresults.model.security.Scope;
import org.jspecify.annotations.Nullable;

/** What the command {@code keys} was told. */
public sealed interface KeysArguments {
  String COMMAND = "keys";

  /**
   * Make a key.
   *
   * @param expires how long it is good for; null for ever
   * @param benchmarkPrefix empty for all benchmarks
   */
  record Create(List<Scope> scopes, @Nullable Duration expires, String benchmarkPrefix, String note)
      implements KeysArguments {}

  /** Show all keys. */
  record Show() implements KeysArguments {}

  /** Take a key's force away. */
  record Revoke(String id) implements KeysArguments {}

  /**
   * Reads the words of the command line.
   *
   * @throws ConfigException naming every fault
   */
  static KeysArguments of(List<String> words) {
    String what = words.size() > 1 ? words.get(1) : "";
    List<String> rest = words.subList(Math.min(2, words.size()), words.size());
    return switch (what) {
      case "create" -> Reading.create(rest);
      case "list" -> rest.isEmpty() ? new Show() : Reading.refuse("list takes no more words");
      case "revoke" ->
          rest.size() == 1
              ? new Revoke(rest.get(0))
              : Reading.refuse("revoke takes the id of one key");
      default -> Reading.refuse("keys is followed by create, list or revoke");
    };
  }

  /** How the words are read. */
  final class Reading {
    private static final String SCOPE = "--scope";
    private static final String EXPIRES = "--expires";
    private static final String PREFIX = "--benchmark-prefix";
    private static final String NOTE = "--note";
    private static final Set<String> OPTIONS = Set.of(SCOPE, EXPIRES, PREFIX, NOTE);
    private static final int LONGEST_NOTE = 200;
    static final String USAGE =
        """
        usage: keys create --scope SCOPES [--expires 90d] [--benchmark-prefix TEXT] [--note TEXT]
               keys list
               keys revoke ID

          --scope SCOPES           some of read, write, delete (and restore), admin, with commas between
          --expires TIME           such as 12h or 90d; for ever when left out
          --benchmark-prefix TEXT  restricts the key to benchmarks whose name begins so
          --note TEXT              is shown by keys list

        The key is printed once, by create. It is asked for while SECURITY_KEYS=true.""";

    private Reading() {}

    static KeysArguments refuse(String... faults) {
      List<String> all = new ArrayList<>(List.of(faults));
      all.add(USAGE);
      throw new ConfigException(all);
    }

    static KeysArguments create(List<String> words) {
      List<String> faults = new ArrayList<>();
      Map<String, String> given = options(words, faults);
      Set<Scope> scopes = scopes(given.getOrDefault(SCOPE, ""), faults);
      Duration expires = expires(given.get(EXPIRES), faults);
      String prefix = given.getOrDefault(PREFIX, "");
      String note = given.getOrDefault(NOTE, "");
      if (scopes.isEmpty() && faults.isEmpty()) {
        faults.add(SCOPE + " must name some of read, write, delete and admin");
      }
      if (scopes.contains(Scope.ADMIN) && !prefix.isEmpty()) {
        faults.add("a key with the scope admin cannot be restricted to some benchmarks");
      }
      if (note.length() > LONGEST_NOTE) {
        faults.add(NOTE + " must be at most " + LONGEST_NOTE + " characters");
      }
      return faults.isEmpty()
          ? new Create(List.copyOf(scopes), expires, prefix, note)
          : refuse(faults.toArray(String[]::new));
    }

    private static Map<String, String> options(List<String> words, List<String> faults) {
      Map<String, String> given = new HashMap<>();
      ListIterator<String> rest = words.listIterator();
      while (rest.hasNext()) {
        String word = rest.next();
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        if (!OPTIONS.contains(name)) {
          faults.add(word + " is no option");
          Words.skipValue(word, rest);
        } else if (equals >= 0) {
          given.put(name, word.substring(equals + 1));
        } else if (rest.hasNext()) {
          given.put(name, rest.next());
        } else {
          faults.add(name + " needs a value");
        }
      }
      return given;
    }

    private static Set<Scope> scopes(String text, List<String> faults) {
      Set<Scope> scopes = new TreeSet<>();
      for (String word : Arrays.asList(text.split("[, ]+"))) {
        Optional<Scope> scope = Scope.named(word);
        scope.ifPresent(scopes::add);
        if (scope.isEmpty() && !word.isEmpty()) {
          faults.add(word + " is no scope; the scopes are read, write, delete and admin");
        }
      }
      return scopes;
    }

    private static @Nullable Duration expires(@Nullable String text, List<String> faults) {
      if (text == null) {
        return null;
      }
      try {
        return SettingValue.duration(text);
      } catch (IllegalArgumentException e) {
        faults.add(EXPIRES + " " + e.getMessage());
        return null;
      }
    }
  }
}

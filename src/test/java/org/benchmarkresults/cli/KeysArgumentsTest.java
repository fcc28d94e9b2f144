package org.benchmarkresults.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.model.security.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysArgumentsTest {
  private static KeysArguments read(String... words) {
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(words));
    return KeysArguments.of(all);
  }

  @Test
  void aKeyIsDescribedByItsOptions() {
    var create =
        (KeysArguments.Create)
            read(
                "create",
                "--scope",
                "write,read",
                "--expires=90d",
                "--benchmark-prefix",
                "Eval",
                "--note",
                "of the harness");

    assertEquals(Set.of(Scope.READ, Scope.WRITE), Set.copyOf(create.scopes()));
    assertEquals(Duration.ofDays(90), create.expires());
    assertEquals("Eval", create.benchmarkPrefix());
    assertEquals("of the harness", create.note());
  }

  @Test
  void withoutAnExpiryItIsGoodForEver() {
    assertEquals(
        new KeysArguments.Create(List.of(Scope.ADMIN), null, "", ""),
        read("create", "--scope", "admin"));
  }

  @Test
  void theOthersAreAskedForByAWord() {
    assertEquals(new KeysArguments.Show(), read("list"));
    assertEquals(new KeysArguments.Revoke("00a1"), read("revoke", "00a1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|keys is followed by create, list or revoke",
        "delete|keys is followed by create, list or revoke",
        "list all|list takes no more words",
        "revoke|revoke takes the id of one key",
        "create|--scope must name some of read, write, delete and admin",
        "create --scope|--scope needs a value",
        "create --scope reed|reed is no scope; the scopes are read, write, delete and admin",
        "create --scope read --expire 1d|--expire is no option",
        "create --scope read --expires 1y|--expires must be a time such as 800ms, 10s, 5m, 2h or 30d, is \"1y\"",
        "create --scope admin --benchmark-prefix a|a key with the scope admin cannot be restricted to some benchmarks"
      })
  void whatIsWrongIsNamed(String words, String fault) {
    List<String> faults =
        assertThrows(
                ConfigException.class,
                () -> read(words.isEmpty() ? new String[0] : words.split(" ")))
            .faults();

    assertEquals(fault, faults.get(0));
    assertTrue(faults.get(faults.size() - 1).startsWith("usage: keys create"));
    assertEquals(2, faults.size(), faults::toString);
  }
}

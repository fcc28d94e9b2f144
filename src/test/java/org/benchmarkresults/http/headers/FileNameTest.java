package org.benchmarkresults.http.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "raw_input | raw_input.csv | raw_input.csv",
        "2026-04-21T12:45:25Z-Nvidia Eval-r | 2026-04-21T12_45_25Z-Nvidia Eval-r.csv | 2026-04-21T12_45_25Z-Nvidia%20Eval-r.csv",
        "t-b-한국/x | t-b-___x.csv | t-b-%ED%95%9C%EA%B5%AD_x.csv",
        "../../etc/passwd | _.._etc_passwd.csv | _.._etc_passwd.csv",
        "a\"b\\c;d%20 | a_b_c_d_20.csv | a_b_c_d_20.csv",
        "CON | _CON.csv | _CON.csv",
        "nul.x | _nul.x.csv | _nul.x.csv",
        "... | _.csv | _.csv",
      })
  void specialCharactersAreReplaced(String name, String ascii, String encoded) {
    assertEquals(
        "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded,
        FileName.attachment(name, "csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"한", "a", "😀", "é"})
  void longNamesAreShortened(String letter) {
    String header = FileName.inline(letter.repeat(1_000), "json");

    assertTrue(header.startsWith("inline; filename=\""), header);
    assertTrue(header.length() < 900, header);
    assertTrue(header.chars().allMatch(c -> c >= 0x20 && c < 0x7f), header);
  }
}

package org.benchmarkresults.service.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters by numbers of further members: equal by value, whatever their spelling. */
@OnDatabases
class NumberFiltersTest {
  private static final Map<String, String> SENT = new LinkedHashMap<>();

  static {
    SENT.put("whole", "4");
    SENT.put("float", "4.0");
    SENT.put("zeros", "4.0000");
    SENT.put("exponent", "4e0");
    SENT.put("shifted", "40E-1");
    SENT.put("text", "\"4\"");
    SENT.put("floatText", "\"4.0\"");
    SENT.put("half", "0.50");
    SENT.put("zero", "0");
    SENT.put("minusZero", "-0.0");
    SENT.put("even", "9007199254740992");
    SENT.put("odd", "9007199254740993");
    SENT.put("oddFloat", "9007199254740993.0");
    SENT.put("huge", "1e400");
    SENT.put("nan", "NaN");
    SENT.put("null", "null");
  }

  @RegisterExtension final RunningService service;

  NumberFiltersTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void storeResults() {
    SENT.forEach(
        (name, number) -> {
          Answer answer =
              service
                  .client()
                  .post("/raw_input", Bodies.withMembers(name, "\"x\":" + number + ",\"data\":1"));
          assertEquals(200, answer.status(), answer::toString);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extra.x==4 | whole float zeros exponent shifted text",
        "extra.x==4.0 | whole float zeros exponent shifted floatText",
        "extra.x==400e-2 | whole float zeros exponent shifted",
        "extra.x=in=(4,0.5) | whole float zeros exponent shifted text half",
        "extra.x=in=(5e-1,nothing) | half",
        "extra.x==0 | zero minusZero",
        "extra.x==-0 | zero minusZero",
        "extra.x==9007199254740993 | odd oddFloat",
        "extra.x==9007199254740992.0 | even",
        "extra.x>9007199254740992 | odd oddFloat huge",
        "extra.x<=9007199254740992;extra.x>4 | even",
        "extra.x>=9007199254740993 | odd oddFloat huge",
        "extra.x>9007199254740993.0 | huge",
        "extra.x<9.007199254740993e15;extra.x>4 | even",
        "extra.x>=9007199254740993.00 | odd oddFloat huge",
        "extra.x<=90071992547409930e-1;extra.x>4 | even odd oddFloat",
        "extra.x==10e399 | huge",
        "extra.x==NaN | nan",
        "extra.x!=4 | floatText half zero minusZero even odd oddFloat huge nan null",
        "extra.x=out=(4.0,0,9007199254740993,1e400) | text half even nan null",
        "extra.x<1 | half zero minusZero",
        "extra.x==4;benchmark_name==float | float",
        "extra.x=prefix=4.0 | float zeros floatText",
        "extra.x=prefix=3 | ",
        "extra.x==04 | ",
        "extra.x==5 | ",
      })
  void findWhatIsEqual(String filter, String names) {
    Answer answer =
        service
            .client()
            .get(Lists.path("/raw_input", "filter", filter, "count", "true", "limit", "100"));

    TreeSet<String> expected = new TreeSet<>();
    if (names != null) {
      expected.addAll(Arrays.asList(names.split(" ")));
    }
    assertEquals(expected, new TreeSet<>(Lists.members(answer, "benchmark_name")));
    assertEquals("" + expected.size(), answer.header("X-Total-Count"));
  }
}

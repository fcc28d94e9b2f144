import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.client.ApiClient;
import org.benchmarkresults.client.ApiException;
import org.benchmarkresults.client.ApiResponse;
import org.benchmarkresults.client.api.HealthApi;
import org.benchmarkresults.client.api.RawInputApi;
import org.benchmarkresults.client.api.RawInputApi.APIListRawInputRequest;
import org.benchmarkresults.client.model.DatabaseConnection;
import org.benchmarkresults.client.model.Outcome;
import org.benchmarkresults.client.model.Result;
import org.benchmarkresults.client.model.ResultRow;
import org.benchmarkresults.client.model.ResultToSave;
import org.benchmarkresults.client.model.Saved;

/** How a program uses the Java client, checked against a running service; run by clients/check. */
public final class Check {
  private static final String TIMESTAMP = "2026-04-21T12:45:25.391040Z";
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final List<String> BENCHMARKS =
      List.of("Evalchemy", "helm/mmlu:subject=philosophy", "C++ & C#: 100% + more?", "Größe – 数学 – 🏁");

  private Check() {}

  private static void check(boolean holds, String what) {
    if (!holds) {
      System.err.println("java client: " + what);
      System.exit(1);
    }
  }

  private static String store(RawInputApi raw, String benchmark, String run) throws ApiException {
    ResultToSave result =
        new ResultToSave()
            .benchmarkName(benchmark)
            .timestamp(TIMESTAMP)
            .runId(run)
            .modelId("Qwen/Qwen3-8B")
            .data(Map.of("throughput", 12.5));
    Saved saved = raw.saveRawInput(result, null, null);
    String name = saved.getSavedAs();
    check(saved.getOutcome() == Outcome.STORED, "storing " + name + " answered " + saved.getOutcome());
    check(name.equals(TIMESTAMP + "-" + benchmark + "-" + run), name + " is not timestamp-benchmark-run");
    Outcome again = raw.saveRawInput(result, null, null).getOutcome();
    check(again == Outcome.ALREADY_STORED, "storing " + name + " again answered " + again);
    Result found = raw.findRawInput(name, null, null, null);
    check(name.equals(found.getResultName()), name + " is found as " + found.getResultName());
    check(TIMESTAMP.equals(found.getTimestamp()), "its timestamp is " + found.getTimestamp());
    check(Map.of("throughput", 12.5).equals(found.getData()), "its data is " + found.getData());
    return name;
  }

  /** Pages of one row, by following Link. */
  private static int listed(RawInputApi raw, String run) throws ApiException {
    int rows = 0;
    String cursor = null;
    while (true) {
      ApiResponse<List<ResultRow>> page =
          raw.listRawInputWithHttpInfo(
              APIListRawInputRequest.newBuilder().runId(List.of(run)).limit(1).cursor(cursor).build());
      rows += page.getData().size();
      Matcher next = NEXT.matcher(page.getHeaders().getOrDefault("link", List.of("")).get(0));
      if (!next.find()) {
        return rows;
      }
      String query = URI.create("http://service/raw_input").resolve(next.group(1)).getQuery();
      cursor = query.replaceFirst(".*cursor=", "");
    }
  }

  public static void main(String[] arguments) throws ApiException {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    String token = System.getenv("TOKEN");
    if (token != null) {
      client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    }
    DatabaseConnection database = new HealthApi(client).health((String) null).getMongodbStatus();
    check(database == DatabaseConnection.CONNECTED, "the database is " + database);
    RawInputApi raw = new RawInputApi(client);
    String run = "java run " + UUID.randomUUID();
    List<String> names = new ArrayList<>();
    for (String benchmark : BENCHMARKS) {
      names.add(store(raw, benchmark, run));
    }
    int rows = listed(raw, run);
    check(rows == names.size(), rows + " rows are listed, not " + names.size());
    for (String name : names) {
      String deleted = raw.deleteRawInput(name, null, null).getResultName();
      check(name.equals(deleted), "deleting " + name + " answered " + deleted);
      try {
        raw.findRawInput(name, null, null, null);
        check(false, name + " is there after its deletion");
      } catch (ApiException missing) {
        check(missing.getCode() == 404, "a deleted result answered " + missing.getCode());
      }
    }
    System.out.println("java client: " + names.size() + " results stored, read, listed in pages and deleted");
  }
}

package org.benchmarkresults.http.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.http.DatabaseAway;
import org.benchmarkresults.http.Guarded;
import org.benchmarkresults.http.exchange.BulkProvocations;
import org.benchmarkresults.http.exchange.Provocations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Every answer that the contract documents is given, and looks as documented; no other is. */
class ContractTest {
  /** One status of one operation. */
  record Documented(String operationId, int status) {
    @Override
    public String toString() {
      return operationId + " " + status;
    }
  }

  /** Documented responses that no request provokes. */
  private static final Map<Documented, String> NOT_PRODUCED =
      Map.of(
          new Documented("previewObservations", 503), "it needs no database",
          new Documented("previewObservations", 422), "a form; PreviewTest sends it",
          new Documented("changeResults", 202), "a token; BulkChangesTest sends it",
          new Documented("changeResults", 409), "a token; BulkChangesTest sends it",
          new Documented("changeResults", 410), "a token that is an hour old",
          new Documented("health", 503), "only while the health room does not answer the bus",
          new Documented("listenToEvents", 200), "it does not end; EventsTest reads it",
          new Documented("metrics", 503), "only while the node does not answer its own bus",
          new Documented("liveness", 503), "its one check is that the event loop runs");

  private static final int MISTAKE_OF_THE_SERVICE = 500;

  @RegisterExtension
  final RunningService service = RunningService.on(Backend.EMBEDDED, Provocations.SETTINGS);

  private String bulkOperation;

  private static Vertx vertx;
  private static Contract contract;
  private static DatabaseAway away;
  private static Guarded guarded;
  private static DatabaseAway limited;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    contract = Contract.load(vertx).await();
    away = DatabaseAway.start(vertx, Map.of("EVENTS_LISTENERS", "0"));
    guarded = Guarded.start(vertx);
    limited = DatabaseAway.start(vertx, Map.of("LIMITS_ADDRESS_RATE", "1"));
  }

  @AfterAll
  static void stop() {
    guarded.close();
    limited.close();
    away.close();
    vertx.close().await();
  }

  @BeforeEach
  void storeWhatIsAskedFor() {
    Provocations.storeFixtures(service.client());
    Provocations.awaitObservations(service.client());
    bulkOperation = BulkProvocations.prepare(service.client());
  }

  static List<Documented> documented() {
    return withContract(
        loaded ->
            loaded.openApi().operations().stream()
                .flatMap(
                    operation ->
                        statuses(operation).map(s -> new Documented(operation.getOperationId(), s)))
                .filter(documented -> documented.status != MISTAKE_OF_THE_SERVICE)
                .filter(documented -> !NOT_PRODUCED.containsKey(documented))
                .toList());
  }

  static List<String> operations() {
    return withContract(
        loaded -> loaded.openApi().operations().stream().map(Operation::getOperationId).toList());
  }

  private Map<Provocations.To, Client> services() {
    return Map.of(
        Provocations.To.PRESENT, service.client(),
        Provocations.To.AWAY, away.client(),
        Provocations.To.GUARDED, guarded.client(),
        Provocations.To.LIMITED, limited.client());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documented")
  void everyDocumentedAnswerIsGivenAndLooksAsDocumented(Documented documented) {
    Operation operation = contract.openApi().operation(documented.operationId);
    Response response = operation.getResponse(documented.status);

    Answer answer =
        new Provocations(guarded, bulkOperation).of(operation, documented.status).send(services());

    assertEquals(documented.status, answer.status(), answer::toString);
    assertEquals(Set.of(), missing(response, answer), answer::toString);
    assertLooksAsDocumented(response, operation, answer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void noOtherStatusIsGiven(String operationId) {
    Operation operation = contract.openApi().operation(operationId);
    Set<Integer> documented = statuses(operation).collect(Collectors.toCollection(TreeSet::new));

    Set<Integer> given =
        new Provocations(guarded, bulkOperation)
            .all(operation).stream()
                .map(provocation -> provocation.send(services()).status())
                .collect(Collectors.toCollection(TreeSet::new));

    given.removeAll(documented);
    assertEquals(Set.of(), given);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void aMistakeOfTheServiceIsDocumentedEverywhere(String operationId) {
    Operation operation = contract.openApi().operation(operationId);

    Response response = operation.getResponse(MISTAKE_OF_THE_SERVICE);

    assertNotNull(response);
  }

  @Test
  void whatCannotBeProducedIsDocumentedAllTheSame() {
    Set<Documented> undocumented =
        NOT_PRODUCED.keySet().stream()
            .filter(
                documented ->
                    contract
                            .openApi()
                            .operation(documented.operationId)
                            .getResponse(documented.status)
                        == null)
            .collect(Collectors.toSet());

    assertEquals(Set.of(), undocumented);
  }

  /** Members that Vert.x adds to every object of a contract are no status. */
  private static Stream<Integer> statuses(Operation operation) {
    return operation.getOpenAPIModel().getJsonObject("responses").fieldNames().stream()
        .filter(name -> !name.startsWith("__"))
        .map(Integer::valueOf);
  }

  /** Documented headers that the answer lacks. */
  private static Set<String> missing(Response response, Answer answer) {
    return response.getHeaders().stream()
        .map(Parameter::getName)
        .filter(name -> answer.header(name) == null)
        .collect(Collectors.toSet());
  }

  private static void assertLooksAsDocumented(
      Response response, Operation operation, Answer answer) {
    boolean toHead = operation.getHttpMethod().equals(HttpMethod.HEAD);
    String type = String.valueOf(answer.header("Content-Type")).replaceFirst(";.*", "");
    MediaType documented = response.getContent().get(type);
    boolean hasBody = !response.getContent().isEmpty();

    assertEquals(hasBody, documented != null, () -> operation.getOperationId() + " gives " + type);
    assertEquals(hasBody && !toHead, answer.body().length() > 0, answer::toString);
    if (documented != null && !toHead) {
      Validator validator = contract.schemas().validator(documented.getSchema());
      OutputUnit verdict = validator.validate(content(type, answer));
      assertTrue(verdict.getValid(), () -> verdict.getErrors() + " in " + answer);
    }
  }

  private static Object content(String type, Answer answer) {
    if (type.endsWith("json")) {
      return Json.decodeValue(answer.body());
    }
    return type.endsWith("yaml")
        ? new JsonObject(new Yaml().<Map<String, Object>>load(answer.text()))
        : answer.text();
  }

  private static <T> T withContract(Function<Contract, T> question) {
    Vertx own = Vertx.vertx();
    try {
      return question.apply(Contract.load(own).await());
    } finally {
      own.close().await();
    }
  }
}

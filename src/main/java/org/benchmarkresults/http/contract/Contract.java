package org.benchmarkresults.http.contract;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.mediatype.ContentAnalyser;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypeRegistration;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.validation.ValidationContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.model.security.Scope;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** openapi.yaml: the only source of routes, parameters, schemas and bus addresses. */
public final class Contract {
  private static final String FILE = "openapi.yaml";
  private static final Set<String> SCHEMES = Set.of("bearer", "apiKey", "basic");
  private static final String ADDRESS = "x-vertx-event-bus";

  private final OpenAPIContract openApi;
  private final Buffer yaml;
  private final Buffer json;

  private Contract(OpenAPIContract openApi, Buffer yaml, Buffer json) {
    this.openApi = openApi;
    this.yaml = yaml;
    this.json = json;
  }

  /** Succeeds with the contract from the class path; fails when it is no valid OpenAPI. */
  public static Future<Contract> load(Vertx vertx) {
    Buffer yaml = Docs.resource(FILE);
    return vertx
        .executeBlocking(() -> parse(yaml), false)
        .compose(
            json ->
                OpenAPIContract.builder(vertx)
                    .setContract(withAbsoluteServer(json))
                    .mediaTypeRegistry(mediaTypes())
                    .build()
                    .map(openApi -> new Contract(openApi, yaml, json.toBuffer())));
  }

  private static JsonObject parse(Buffer yaml) {
    Map<String, Object> root =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml.toString());
    // Encoding and decoding copies the values that YAML anchors share.
    return new JsonObject(new JsonObject(root).encode());
  }

  /** The file's server is the folder it is served from; Vert.x wants an absolute URL. */
  private static JsonObject withAbsoluteServer(JsonObject contract) {
    JsonObject server = new JsonObject().put("url", "http://localhost");
    return contract.copy().put("servers", new JsonArray().add(server));
  }

  private static MediaTypeRegistry mediaTypes() {
    MediaTypeRegistry registry = MediaTypeRegistry.createDefault();
    for (String type :
        List.of(
            "application/problem+json",
            "application/merge-patch+json",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/yaml",
            "text/csv",
            "text/html",
            "text/event-stream",
            "text/css",
            "text/javascript",
            "image/png")) {
      registry.register(new Known(type));
    }
    return registry;
  }

  /** A media type whose content Vert.x does not analyse. */
  private record Known(String type) implements MediaTypeRegistration {
    @Override
    public ContentAnalyser createContentAnalyser(
        String contentType, Buffer content, ValidationContext context) {
      return ContentAnalyserFactory.noop().create(contentType, content, context);
    }

    @Override
    public boolean canHandle(String contentType) {
      return contentType.equals(type);
    }

    @Override
    public List<String> supportedTypes() {
      return List.of(type);
    }
  }

  public OpenAPIContract openApi() {
    return openApi;
  }

  /** Paths that contain the name of a result, a run or a model. */
  public List<String> pathsWithNames() {
    return openApi.operations().stream()
        .map(io.vertx.openapi.contract.Operation::getOpenAPIPath)
        .filter(
            path ->
                path.contains("/{result_name}")
                    || path.contains("/{run_id}")
                    || path.contains("/{model_id}"))
        .distinct()
        .toList();
  }

  public Future<Response> asYaml() {
    return Future.succeededFuture(
        new Response.Whole(200, Response.headers("application/yaml"), yaml));
  }

  public Future<Response> asJson() {
    return Future.succeededFuture(Response.json(200, json));
  }

  public SchemaRepository schemas() {
    return openApi.getSchemaRepository();
  }

  /**
   * The scopes of which a caller of the operation needs one, as its {@code security} says; empty
   * when it is open to all.
   *
   * @throws IllegalStateException when an alternative declares anything but one scope
   */
  public Set<Scope> scopes(String operationId) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    // The alternatives are ways to send the same credential, each with every scope.
    for (var one : openApi.operation(operationId).getSecurityRequirements()) {
      List<String> words =
          one.getNames().stream().flatMap(name -> one.getScopes(name).stream()).toList();
      Optional<Scope> scope =
          one.getNames().size() == 1 && SCHEMES.containsAll(one.getNames()) && words.size() == 1
              ? Scope.named(words.get(0))
              : Optional.empty();
      scopes.add(
          scope.orElseThrow(
              () ->
                  new IllegalStateException(
                      "security of operation "
                          + operationId
                          + " is not one scope for each of "
                          + SCHEMES)));
    }
    return scopes;
  }

  private boolean declaresSecurity(io.vertx.openapi.contract.Operation operation) {
    return operation.getOpenAPIModel().containsKey("security");
  }

  /**
   * Checks that the contract, the table of operations and the bus addresses agree.
   *
   * @throws IllegalStateException naming each disagreement
   */
  public void requireAgreement(Map<String, Operation> operations) {
    Set<String> faults = new TreeSet<>();
    Set<String> addresses = Addresses.ALL.stream().map(Address::name).collect(Collectors.toSet());
    for (var declared : openApi.operations()) {
      String id = declared.getOperationId();
      Operation operation = operations.get(id);
      Object address = declared.getExtensions().get(ADDRESS);
      if (operation == null) {
        faults.add("operation " + id + " of the contract is in no table");
      } else if (!String.valueOf(address).equals(String.valueOf(operation.address()))) {
        faults.add(
            "operation "
                + id
                + " asks "
                + operation.address()
                + " but the contract says "
                + address);
      }
      // A forgotten line must not open an operation to everybody.
      if (!declaresSecurity(declared)) {
        faults.add("operation " + id + " of the contract declares no security");
      }
      if (address != null && !addresses.contains("" + address)) {
        faults.add("address " + address + " of operation " + id + " is not in Addresses");
      }
    }
    for (String id : operations.keySet()) {
      if (openApi.operation(id) == null) {
        faults.add("operation " + id + " of the table is not in the contract");
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "contract and service disagree: " + String.join("; ", faults));
    }
  }
}

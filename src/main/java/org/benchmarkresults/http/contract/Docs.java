package org.benchmarkresults.http.contract;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * The documentation page: Swagger UI from its WebJar with the contract; nothing is loaded from
 * elsewhere.
 */
public final class Docs {
  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
  private static final Map<String, String> TYPES =
      Map.of("css", "text/css", "js", "text/javascript", "png", "image/png");

  private static final String PAGE = "docs";

  private final Buffer page;
  private final Map<String, Buffer> assets = new HashMap<>();

  /** Reads all files once; blocks. */
  public Docs() {
    page = resource("docs/index.html");
    for (String own : new String[] {"docs.css", "docs.js"}) {
      assets.put(own, resource("docs/" + own));
    }
    String version = swaggerUiVersion();
    for (String theirs :
        new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}) {
      assets.put(theirs, resource(WEBJAR + version + "/" + theirs));
    }
  }

  private static String swaggerUiVersion() {
    String properties = resource("META-INF/maven/org.webjars/swagger-ui/pom.properties").toString();
    return properties
        .lines()
        .filter(line -> line.startsWith("version="))
        .map(line -> line.substring("version=".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  static Buffer resource(String name) {
    try (InputStream in = Docs.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations that show the contract. */
  public List<Operation> operations(Contract contract) {
    return List.of(
        new Operation.Fixed("root", Docs::root),
        new Operation.Fixed("contractYaml", context -> contract.asYaml()),
        new Operation.Fixed("contractJson", context -> contract.asJson()),
        new Operation.Fixed("docs", context -> page()),
        new Operation.Fixed("docsAsset", this::asset));
  }

  private Future<Response> page() {
    return Future.succeededFuture(
        new Response.Whole(200, headers("text/html; charset=utf-8"), page));
  }

  /** Redirects browsers to the page; other clients get its address as JSON. */
  private static Future<Response> root(RoutingContext context) {
    boolean isBrowser =
        context.parsedHeaders().accept().stream()
            .anyMatch(
                type ->
                    type.weight() > 0
                        && type.component().equalsIgnoreCase("text")
                        && type.subComponent().equalsIgnoreCase("html"));
    if (isBrowser) {
      Map<String, String> headers = new HashMap<>();
      headers.put("Location", References.to(context, PAGE));
      headers.put("Vary", "Accept");
      return Future.succeededFuture(new Response.HeadOnly(307, headers));
    }
    Buffer body =
        new JsonObject()
            .put("name", "benchmark-results")
            .put("documentation", PAGE)
            .put("contract", "openapi.json")
            .toBuffer();
    return Future.succeededFuture(Response.json(200, body));
  }

  private Future<Response> asset(RoutingContext context) {
    String name = context.pathParam("asset");
    Buffer asset = assets.get(name);
    if (asset == null) {
      return Future.failedFuture(new ProblemException(Problem.resultNotFound()));
    }
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/css");
    Map<String, String> headers = headers(type);
    headers.put("Cache-Control", "max-age=3600");
    return Future.succeededFuture(new Response.Whole(200, headers, asset));
  }

  private static Map<String, String> headers(String type) {
    Map<String, String> headers = Response.headers(type);
    headers.put(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'");
    return headers;
  }
}

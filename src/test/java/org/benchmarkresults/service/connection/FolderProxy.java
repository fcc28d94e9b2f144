package org.benchmarkresults.service.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Client;

/**
 * A reverse proxy that serves the service from a folder, as nginx does with {@code proxy_pass} and
 * a path: it takes the folder off, decodes the path and merges slashes.
 */
final class FolderProxy implements AutoCloseable {
  static final String FOLDER = "/results";

  private final Vertx vertx = Vertx.vertx();
  private final Client service;
  private final HttpServer server;

  /**
   * @param port of the service
   * @param headers that it adds, names and values in turn
   */
  FolderProxy(int port, String... headers) {
    service = new Client(vertx, port);
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> forward(request, headers))
            .listen(0, "127.0.0.1")
            .await();
  }

  Client client() {
    return new Client(vertx, server.actualPort());
  }

  private void forward(HttpServerRequest request, String[] headers) {
    Future<Answer> answer =
        request
            .body()
            .compose(
                body ->
                    service.send(
                        request.method(), inside(request), body, headers(request, headers)));
    answer
        .onSuccess(
            got -> {
              got.headers().remove("Transfer-Encoding");
              request.response().headers().setAll(got.headers());
              Buffer body = got.body();
              var unused =
                  request.method().name().equals("HEAD")
                      ? request.response().setStatusCode(got.status()).end()
                      : request.response().setStatusCode(got.status()).end(body);
            })
        .onFailure(failure -> request.response().setStatusCode(502).end());
  }

  private static String[] headers(HttpServerRequest request, String[] more) {
    String type = request.getHeader("Content-Type");
    String[] all = new String[more.length + (type == null ? 0 : 2)];
    System.arraycopy(more, 0, all, 0, more.length);
    if (type != null) {
      all[more.length] = "Content-Type";
      all[more.length + 1] = type;
    }
    return all;
  }

  private static String inside(HttpServerRequest request) {
    String path = request.path();
    if (!path.startsWith(FOLDER + "/")) {
      return "/outside-of-the-folder";
    }
    String decoded =
        URLDecoder.decode(
            path.substring(FOLDER.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    String escaped =
        decoded
            .replaceAll("/+", "/")
            .replace("%", "%25")
            .replace(" ", "%20")
            .replace("#", "%23")
            .replace("?", "%3F");
    return request.query() == null ? escaped : escaped + "?" + request.query();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}

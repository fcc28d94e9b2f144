package org.benchmarkresults.backend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/**
 * An HTTP client that sends paths, headers and bodies as they are given. A relative reference is
 * taken from the root of the service.
 */
public final class Client {
  private static final int CONNECTIONS = 64;

  /** The Location of the longest names is longer than the 8 KiB that most clients take at least. */
  private static final int LONGEST_HEADERS = 64 << 10;

  private final HttpClient http;
  private final int port;

  public Client(Vertx vertx, int port) {
    http =
        vertx.createHttpClient(
            new HttpClientOptions().setMaxHeaderSize(LONGEST_HEADERS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    this.port = port;
  }

  /** Waits for an answer to GET; headers are names and values in turn. */
  public Answer get(String path, String... headers) {
    return send(HttpMethod.GET, path, Buffer.buffer(), headers).await();
  }

  /** Waits for an answer to HEAD. */
  public Answer head(String path, String... headers) {
    return send(HttpMethod.HEAD, path, Buffer.buffer(), headers).await();
  }

  /** Waits for an answer to POST of JSON. */
  public Answer post(String path, String json, String... headers) {
    return post(path, Buffer.buffer(json), headers);
  }

  /** Waits for an answer to POST of JSON in whatever bytes. */
  public Answer post(String path, Buffer json, String... headers) {
    return posting(path, json, headers).await();
  }

  /** Sends POST of JSON. */
  public Future<Answer> posting(String path, Buffer json, String... headers) {
    return request(HttpMethod.POST, path, headers)
        .compose(request -> answerTo(request.putHeader("Content-Type", "application/json"), json));
  }

  /** Sends a body of unknown length, as an HTTP/1.1 client does that streams. */
  public Future<Answer> postingChunked(String path, Buffer json, String... headers) {
    return request(HttpMethod.POST, path, headers)
        .compose(
            request -> {
              request.putHeader("Content-Type", "application/json").setChunked(true).end(json);
              return request.response().compose(Client::answer);
            });
  }

  /** Sends any request. */
  public Future<Answer> send(HttpMethod method, String path, Buffer body, String... headers) {
    return request(method, path, headers).compose(request -> answerTo(request, body));
  }

  /** On the request's event loop throughout: a body that nobody asks for at once is lost. */
  private static Future<Answer> answerTo(HttpClientRequest request, Buffer body) {
    Future<HttpClientResponse> response = body.length() == 0 ? request.send() : request.send(body);
    return response.compose(Client::answer);
  }

  /** A request that is still to be sent. */
  public Future<HttpClientRequest> request(HttpMethod method, String path, String... headers) {
    String uri = path.startsWith("/") ? path : "/" + path.replaceFirst("^(\\.\\./)+", "");
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI(uri);
    for (int i = 0; i < headers.length; i += 2) {
      options.putHeader(headers[i], headers[i + 1]);
    }
    return http.request(options);
  }

  /** The whole answer; to be called on the event loop of its request. */
  public static Future<Answer> answer(HttpClientResponse response) {
    return response.body().map(body -> new Answer(response.statusCode(), response.headers(), body));
  }
}

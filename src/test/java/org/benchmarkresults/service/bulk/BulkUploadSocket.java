package org.benchmarkresults.service.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A load over a socket of its own, whose body is sent and whose answer is read bit by bit. */
public final class BulkUploadSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final BufferedReader answer;

  private BulkUploadSocket(Socket socket) throws IOException {
    this.socket = socket;
    answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /**
   * Sends the head of a request whose body is chunked.
   *
   * @param headers each with its line end
   */
  public static BulkUploadSocket begin(int port, String headers) throws IOException {
    return begin(port, headers, 0);
  }

  /**
   * The same with a kernel that takes only so much of an answer that nobody reads.
   *
   * @param receiveBuffer in bytes; 0 for the system's own
   */
  public static BulkUploadSocket begin(int port, String headers, int receiveBuffer)
      throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    BulkUploadSocket load = new BulkUploadSocket(socket);
    load.write(
        "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/x-ndjson\r\n"
            + headers
            + "\r\n");
    return load;
  }

  /** Sends a part of the body. */
  public void send(String text) throws IOException {
    send(text.getBytes(UTF_8));
  }

  public void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }

  /** Ends the body. */
  public void end() throws IOException {
    write("0\r\n\r\n");
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** Waits for the status line. */
  public String status() throws IOException {
    return answer.readLine();
  }

  /** Sends another request on the same connection and waits for its status line. */
  public String get(String path) throws IOException {
    write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    String line = answer.readLine();
    while (line != null && !line.startsWith("HTTP/")) {
      line = answer.readLine();
    }
    return line == null ? "" : line;
  }

  /** Waits for the next answer line; null after the last, or when the connection is closed. */
  public JsonObject next() throws IOException {
    // Between them stand headers and the sizes of chunks.
    for (String line = answer.readLine(); line != null; line = answer.readLine()) {
      if (line.startsWith("{")) {
        return new JsonObject(line);
      }
      if (line.equals("0")) {
        return null;
      }
    }
    return null;
  }

  /** Waits for all that is still to come. */
  public List<JsonObject> rest() throws IOException {
    List<JsonObject> all = new ArrayList<>();
    for (JsonObject line = next(); line != null; line = next()) {
      all.add(line);
    }
    return all;
  }

  /** Waits until the service closes the connection: all it sent until then. */
  public String untilClosed() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int next = answer.read(); next >= 0; next = answer.read()) {
      all.append((char) next);
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package org.benchmarkresults.http.body;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An incomplete POST over its own socket; closing it aborts the request. */
public final class HalfUpload implements AutoCloseable {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Socket socket;
  private final int length;

  private HalfUpload(Socket socket, int length) {
    this.socket = socket;
    this.length = length;
  }

  /** Declares a body of this length. */
  public static HalfUpload begin(int port, int length) throws IOException {
    return begin(port, length, "Content-Length: " + length);
  }

  public static HalfUpload beginChunked(int port) throws IOException {
    return begin(port, 0, "Transfer-Encoding: chunked");
  }

  private static HalfUpload begin(int port, int length, String framing) throws IOException {
    HalfUpload upload = new HalfUpload(new Socket(InetAddress.getLoopbackAddress(), port), length);
    upload.write(
        "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Expect: 100-continue\r\n"
            + framing
            + "\r\n\r\n");
    return upload;
  }

  /** Returns when the service begins to read the body. */
  public void awaitTurn() throws IOException {
    byte[] answer = socket.getInputStream().readNBytes(CONTINUE.length());
    String text = new String(answer, StandardCharsets.US_ASCII);
    if (!text.equals(CONTINUE)) {
      throw new IOException("not asked to go on but: " + text);
    }
  }

  public void sendHalf() throws IOException {
    write("{" + " ".repeat(length / 2));
  }

  public void sendChunk(int bytes) throws IOException {
    write(Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes) + "\r\n");
  }

  private void write(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

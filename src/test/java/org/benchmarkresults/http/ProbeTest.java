package org.benchmarkresults.http;
import java.time.Clock;
import java.util.Map;
import org.benchmarkresults.*;
import org.benchmarkresults.backend.*;
import org.junit.jupiter.api.*;
@EachBackend
class ProbeTest {
  final Backend backend;
  ProbeTest(Backend backend) { this.backend = backend; }
  @RepeatedTest(8) void starts() {
    long a = System.nanoTime();
    Database db = backend.freshDatabase();
    long b = System.nanoTime();
    Server s = Server.start(db.config(Map.of()), Clock.systemUTC()).await();
    long c = System.nanoTime();
    s.close().await();
    long d = System.nanoTime();
    db.close();
    long e = System.nanoTime();
    System.out.println(backend + " find " + (b-a)/1000000 + " start " + (c-b)/1000000 + " close " + (d-c)/1000000+ " drop " + (e-d)/1000000);
  }
}

package org.benchmarkresults.storage.imports;

import com.mongodb.ConnectionString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Stage;

/**
 * The identity of an import over several runs: the place of the records and the stage of the
 * results.
 *
 * @param place hosts, database and collection, without credentials
 * @param digest of place and stage
 */
record ImportIdentity(String place, String digest) {
  static ImportIdentity of(
      ConnectionString connection, String database, String collection, Stage stage) {
    String hosts =
        connection.getHosts().stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(","));
    String place = hosts + '/' + database + '/' + collection;
    byte[] whole = (stage.path() + '/' + place).getBytes(StandardCharsets.UTF_8);
    return new ImportIdentity(place, Digest.of(ByteBuffer.wrap(whole)).hex());
  }
}

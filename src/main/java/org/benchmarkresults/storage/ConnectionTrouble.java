package org.benchmarkresults.storage;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.benchmarkresults.model.DatabaseState;
import org.benchmarkresults.model.DatabaseState.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Why the database cannot be reached, by what the driver last saw of its servers. Told by the types of
 * exceptions; texts of the driver are for the log alone. Thread-safe.
 */
final class ConnectionTrouble implements ClusterListener {
  private static final int AUTHENTICATION_FAILED = 18;
  private static final int UNAUTHORIZED = 13;
  private static final int MOST_DETAIL = 200;
  private static final Trouble SILENT = new Trouble(DatabaseState.NO_ANSWER, "it gives no answer in time", "");

  private volatile @Nullable ClusterDescription cluster;

  @Override
  public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
    cluster = event.getNewDescription();
  }

  /** The reason of a failure. */
  Trouble of(Throwable failure) {
    Trouble told = told(failure);
    return told == null ? known() : told;
  }

  /** The reason by what is known of the servers. */
  Trouble known() {
    ClusterDescription last = cluster;
    if (last == null) {
      return SILENT;
    }
    if (last.getSrvResolutionException() != null) {
      return new Trouble(
          "unknown_host", "its host name is not known", detail(last.getSrvResolutionException()));
    }
    for (ServerDescription server : last.getServerDescriptions()) {
      Trouble told = server.getException() == null ? null : told(server.getException());
      if (told != null) {
        return told;
      }
    }
    if (last.getServerDescriptions().isEmpty()
        && last.getClusterSettings().getRequiredReplicaSetName() != null) {
      return new Trouble(
          "wrong_replica_set", "the servers are of another replica set than the URL names", "");
    }
    boolean isAnyThere = last.getServerDescriptions().stream().anyMatch(ServerDescription::isOk);
    boolean isPrimaryThere =
        last.getServerDescriptions().stream().anyMatch(ServerDescription::isPrimary)
            || last.getType() != ClusterType.REPLICA_SET;
    return isAnyThere && !isPrimaryThere
        ? new Trouble("no_primary", "its replica set has no primary", "")
        : SILENT;
  }

  private static @Nullable Trouble told(Throwable failure) {
    Trouble told = null;
    // The innermost tells the most.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Trouble more = one(cause);
      told = more == null ? told : more;
    }
    return told;
  }

  private static @Nullable Trouble one(Throwable failure) {
    return switch (failure) {
      case CertificateException e -> refusedCertificate(e);
      case CertPathValidatorException e -> refusedCertificate(e);
      case CertPathBuilderException e -> refusedCertificate(e);
      case SSLException e ->
          new Trouble("tls_failed", "no TLS connection can be made to it", detail(e));
      case UnknownHostException e ->
          new Trouble("unknown_host", "its host name is not known", detail(e));
      case ConnectTimeoutException e -> new Trouble(DatabaseState.NO_ANSWER, SILENT.words(), detail(e));
      case ConnectException e ->
          new Trouble("connection_refused", "nothing accepts connections there", detail(e));
      case MongoCommandException e when e.getErrorCode() == AUTHENTICATION_FAILED ->
          refusedUser(e);
      case MongoCommandException e when e.getErrorCode() == UNAUTHORIZED ->
          new Trouble("not_authorized", "its user may not use this database", detail(e));
      case MongoSecurityException e -> refusedUser(e);
      case MongoSocketReadException e ->
          new Trouble(
              "connection_closed", "it closes connections at once; is TLS on at one end alone?", detail(e));
      case MongoConfigurationException e ->
          new Trouble("unknown_host", "its host name is not known", detail(e));
      default -> null;
    };
  }

  private static Trouble refusedCertificate(Throwable failure) {
    return new Trouble(
        "certificate_refused", "its certificate is not trusted", detail(failure));
  }

  private static Trouble refusedUser(Throwable failure) {
    return new Trouble(
        "authentication_failed", "it refuses the user name or the password", detail(failure));
  }

  /** One line for the log. The driver hides passwords in its texts. */
  private static String detail(Throwable failure) {
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > MOST_DETAIL ? line.substring(0, MOST_DETAIL) : line;
  }
}

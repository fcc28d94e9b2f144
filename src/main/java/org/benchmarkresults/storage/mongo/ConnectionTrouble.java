package org.benchmarkresults.storage.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketClosedException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import com.mongodb.event.ServerDescriptionChangedEvent;
import com.mongodb.event.ServerListener;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.DatabaseState.Trouble;
import org.bson.BSONException;
import org.jspecify.annotations.Nullable;

/**
 * Why the database cannot be reached, by what the driver last saw of its servers. Told by the types
 * of exceptions; texts of the driver are for the log alone. Thread-safe.
 */
public final class ConnectionTrouble implements ClusterListener, ServerListener {
  private static final int AUTHENTICATION_FAILED = 18;
  private static final int UNAUTHORIZED = 13;
  private static final String NOT_AUTHORIZED = "not_authorized";
  private static final int MOST_DETAIL = 200;
  private static final Trouble SILENT =
      new Trouble(DatabaseState.NO_ANSWER, "it gives no answer in time", "");

  private static final Trouble WRONG_SET =
      new Trouble(
          "wrong_replica_set", "the servers are of another replica set than the URL names", "");

  private final @Nullable String replicaSet;
  private volatile @Nullable ClusterDescription cluster;

  /**
   * Whether the last server that answered is of another replica set; the driver forgets such
   * servers.
   */
  private volatile boolean isOtherSet;

  /**
   * @param replicaSet that the URL names; null for none
   */
  ConnectionTrouble(@Nullable String replicaSet) {
    this.replicaSet = replicaSet;
  }

  @Override
  public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
    ServerDescription server = event.getNewDescription();
    if (replicaSet != null && server.isOk()) {
      isOtherSet = !replicaSet.equals(server.getSetName());
    }
  }

  @Override
  public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
    cluster = event.getNewDescription();
  }

  /** The reason of a failure. */
  public Trouble of(Throwable failure) {
    Trouble told = told(failure);
    return told == null ? known() : told;
  }

  /** Why a server that answers refuses an operation; null where the failure is another. */
  public @Nullable Trouble refusal(Throwable failure) {
    Trouble told = told(failure);
    return told != null && told.reason().equals(NOT_AUTHORIZED) ? told : null;
  }

  /** The reason by what is known of the servers. */
  public Trouble known() {
    ClusterDescription last = cluster;
    if (last == null) {
      return SILENT;
    }
    if (last.getSrvResolutionException() != null) {
      return new Trouble(
          "unknown_host", "its host name is not known", detail(last.getSrvResolutionException()));
    }
    if (isOtherSet || last.getServerDescriptions().stream().anyMatch(ConnectionTrouble::isMisfit)) {
      return WRONG_SET;
    }
    for (ServerDescription server : last.getServerDescriptions()) {
      Trouble told = server.getException() == null ? null : told(server.getException());
      if (told != null) {
        return told;
      }
    }
    boolean isAnyThere = last.getServerDescriptions().stream().anyMatch(ServerDescription::isOk);
    boolean isPrimaryThere =
        last.getServerDescriptions().stream().anyMatch(ServerDescription::isPrimary)
            || last.getType() != ClusterType.REPLICA_SET;
    return isAnyThere && !isPrimaryThere
        ? new Trouble("no_primary", "its replica set has no primary", "")
        : SILENT;
  }

  /** A server that is asked alone is told to be of another set in this way. */
  private static boolean isMisfit(ServerDescription server) {
    return server.getException() instanceof MongoConfigurationException;
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
      case ConnectTimeoutException e ->
          new Trouble(DatabaseState.NO_ANSWER, SILENT.words(), detail(e));
      case ConnectException e ->
          new Trouble("connection_refused", "nothing accepts connections there", detail(e));
      case MongoCommandException e when e.getErrorCode() == AUTHENTICATION_FAILED -> refusedUser(e);
      case MongoCommandException e when e.getErrorCode() == UNAUTHORIZED ->
          new Trouble(NOT_AUTHORIZED, "its user may not use this database", detail(e));
      case MongoSecurityException e -> refusedUser(e);
      case NoRouteToHostException e ->
          new Trouble("unreachable", "no network route leads to its host", detail(e));
      case MongoSocketReadException e -> closed(e);
      case MongoSocketWriteException e -> closed(e);
      case MongoSocketClosedException e -> closed(e);
      case ClosedChannelException e -> closed(e);
      case SocketException e -> closed(e);
      case BSONException e -> noMongodb(e);
      default -> null;
    };
  }

  private static Trouble closed(Throwable failure) {
    return new Trouble(
        "connection_closed",
        "it closes connections at once; is TLS on at one end alone?",
        detail(failure));
  }

  private static Trouble noMongodb(Throwable failure) {
    return new Trouble("not_mongodb", "what answers there is no MongoDB", detail(failure));
  }

  private static Trouble refusedCertificate(Throwable failure) {
    return new Trouble("certificate_refused", "its certificate is not trusted", detail(failure));
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

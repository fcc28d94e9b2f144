package org.benchmarkresults.backend;

/** Changes connection strings of databases. */
public final class ConnectionStrings {
  private ConnectionStrings() {}

  /**
   * The connection string with one more option.
   *
   * @param option such as {@code serverSelectionTimeoutMS=500}
   */
  public static String with(String url, String option) {
    String separator = url.contains("?") ? "&" : url.indexOf('/', 10) > 0 ? "?" : "/?";
    return url + separator + option;
  }
}

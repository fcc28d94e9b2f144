package org.benchmarkresults.config;

/**
 * Rate limits of each node; zero for no limit.
 *
 * @param addressRate requests a second from one address, with a burst of the same number
 * @param addressConcurrent concurrent requests from one address
 * @param keyRate requests a second by one API key or subject of JWTs, with a burst of the same
 *     number
 * @param keyConcurrent concurrent requests by one API key or subject of JWTs
 * @param behindProxy whether the client's address is the last one of {@code X-Forwarded-For}, which
 *     the nearest proxy adds; without a proxy a client could forge it
 */
public record LimitSettings(
    @Default("0") int addressRate,
    @Default("0") int addressConcurrent,
    @Default("0") int keyRate,
    @Default("0") int keyConcurrent,
    @Default("false") boolean behindProxy) {
  private static final int MOST = 1_000_000;

  public LimitSettings {
    new Requirements()
        .that(isInRange(addressRate), "limits.address_rate" + range(addressRate))
        .that(isInRange(addressConcurrent), "limits.address_concurrent" + range(addressConcurrent))
        .that(isInRange(keyRate), "limits.key_rate" + range(keyRate))
        .that(isInRange(keyConcurrent), "limits.key_concurrent" + range(keyConcurrent))
        .orFail();
  }

  private static boolean isInRange(int number) {
    return number >= 0 && number <= MOST;
  }

  private static String range(int number) {
    return " must be 0 to " + MOST + ", is " + number;
  }

  /**
   * Limits of attachments, the files beside a result.
   *
   * @param fileLimit largest attachment
   * @param resultLimit most bytes of all attachments of one result together
   * @param count most attachments of one result
   */
  public record Attachments(
      @Default("1GiB") ByteSize fileLimit,
      @Default("4GiB") ByteSize resultLimit,
      @Default("100") int count) {
    /** A list of them is one message on the bus. */
    private static final int MOST = 1_000;

    private static final long LARGEST = 100L << 30;

    public Attachments {
      new Requirements()
          .that(
              fileLimit.bytes() <= LARGEST,
              "attachments.file_limit must be at most 100GiB, is " + fileLimit)
          .that(
              resultLimit.bytes() >= fileLimit.bytes() || fileLimit.bytes() > LARGEST,
              "attachments.result_limit ("
                  + resultLimit
                  + ") must be at least attachments.file_limit ("
                  + fileLimit
                  + ")")
          .that(
              count >= 1 && count <= MOST,
              "attachments.count must be 1 to " + MOST + ", is " + count)
          .orFail();
    }
  }
}

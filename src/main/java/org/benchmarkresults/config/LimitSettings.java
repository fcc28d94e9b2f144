package org.benchmarkresults.config;

/**
 * How much one caller may ask of one node. Zero is as much as it likes.
 *
 * @param addressRate requests a second from one address; so many at once, too
 * @param addressConcurrent requests under way from one address
 * @param keyRate requests a second by one API key or subject of JWTs; so many at once, too
 * @param keyConcurrent requests under way by one API key or subject of JWTs
 * @param behindProxy whether the last address of {@code X-Forwarded-For}, which the nearest proxy
 *     adds, is the caller's; without a proxy anybody could choose one
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
}

package dev.livefeed.logging;

/** Which occurrences of something frequent are logged: the first, the tenth, the hundredth and so on. */
public final class Occurrences {

    private Occurrences() {}

    /** @param count number of occurrences, at least 1 */
    public static boolean isLogged(long count) {
        long n = count;
        while (n > 0 && n % 10 == 0) {
            n /= 10;
        }
        return n == 1;
    }
}

package dev.livefeed.sinks;

/** What the event with a number consists of: the truth needs no memory. Numbers start at 1 in each stream. */
final class MadeEvent {

    /** Numbers of a run of the feed start behind a multiple of this. */
    static final long RUN = 1_000_000_000L;

    /** One in this many events is a change of a book. */
    static final int DEPTH_EACH = 5;

    private static final String[] PRICES = {"61234.50", "0.000000010", "123456789012345.678", "100", "2500.0"};
    private static final String[] SIZES = {"0.010", "1.500", "0.000000010", "99999999999.99", "7", "1000000"};

    private MadeEvent() {}

    /** A text of 20 digits, more than a long holds. */
    static String tradeId(long number) {
        return "9" + "0".repeat(19 - Long.toString(number).length()) + number;
    }

    static long number(String tradeId) {
        return Long.parseLong(tradeId.substring(1));
    }

    static String price(long number) {
        return PRICES[(int) (number % PRICES.length)];
    }

    static String size(long number) {
        return SIZES[(int) (number % SIZES.length)];
    }

    static String side(long number) {
        return number % 2 == 0 ? "buy" : "sell";
    }

    /** The levels of the bids after their size at this number, in the form of the protocol. */
    static String bids(long number) {
        return "[[61234.50," + size(number) + "]]";
    }

    /** The levels of the asks, which only the snapshot has. */
    static String asks(boolean snapshot) {
        return snapshot ? "[[61234.60,1.500]]" : "[]";
    }
}

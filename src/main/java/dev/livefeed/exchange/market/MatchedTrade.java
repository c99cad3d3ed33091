package dev.livefeed.exchange.market;

/**
 * A trade of a simulated market.
 *
 * @param number index among the trades of the market, from 0
 * @param id the venue's trade id
 * @param at match time, milliseconds since 1970
 * @param ticks price in ticks
 * @param lots size in lots
 * @param buy whether the taker is the buyer
 * @param direction price change since the previous trade
 * @param sequence cross sequence, shared with the resulting book change
 */
public record MatchedTrade(
        long number, String id, long at, long ticks, long lots, boolean buy, Direction direction, long sequence) {

    /** Tick direction: price change since the previous trade. */
    public enum Direction {
        PLUS("PlusTick"),
        ZERO_PLUS("ZeroPlusTick"),
        MINUS("MinusTick"),
        ZERO_MINUS("ZeroMinusTick");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** The direction of the next trade. */
        Direction next(long before, long after) {
            if (after > before) {
                return PLUS;
            }
            if (after < before) {
                return MINUS;
            }
            return this == PLUS || this == ZERO_PLUS ? ZERO_PLUS : ZERO_MINUS;
        }
    }
}

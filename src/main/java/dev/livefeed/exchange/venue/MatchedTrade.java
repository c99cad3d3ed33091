package dev.livefeed.exchange.venue;

/**
 * One trade on the tape.
 *
 * @param number counts the prints of its market from 0
 * @param id the venue's trade id
 * @param at match time, milliseconds since 1970
 * @param ticks price in ticks
 * @param lots size in lots
 * @param buy whether the taker bought
 * @param direction how the price moved against the print before
 * @param sequence cross sequence, shared with the book change it made
 */
public record MatchedTrade(
        long number, String id, long at, long ticks, long lots, boolean buy, Direction direction, long sequence) {

    /** The tick direction in the venue's words. */
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

        /** The direction of a price after this direction and price. */
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

package dev.livefeed.protocol.model;

import java.math.BigDecimal;

/**
 * A figure by which the exchange limits orders or covers losses. It comes when the figure changes, so it does not show
 * that the market's data is fresh.
 */
public sealed interface RiskEvent extends MarketEvent {

    /** Whether the channel carries such events. */
    static boolean carriedBy(String channel) {
        return channel.equals(AdlAlert.CHANNEL)
                || channel.equals(InsurancePool.CHANNEL)
                || channel.equals(PriceLimit.CHANNEL);
    }

    /**
     * How close an instrument is to auto-deleveraging (ADL), in which the exchange closes profitable positions
     * because the insurance pool cannot cover the losses.
     *
     * @param instrument what is traded
     * @param timestampMicros exchange time, microseconds since 1970
     * @param figures of the pool and of the instrument's losses
     * @param receivedAt microseconds since 1970 at which the frame was read from the network
     * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
     */
    record AdlAlert(InstrumentId instrument, long timestampMicros, Figures figures, long receivedAt, boolean synthetic)
            implements RiskEvent {

        public static final String TYPE = "adl";
        public static final String CHANNEL = "adl";

        /**
         * All but coin and balance may be null.
         *
         * @param coin coin of the insurance pool
         * @param balance of the pool; ADL starts at 0 and below
         * @param drawdown change of the instrument's profit within 8 hours as a ratio of the pool, -0.3 for a loss of
         *     30 %
         * @param triggerDrawdown drawdown below which ADL starts
         * @param stopDrawdown drawdown above which ADL stops
         * @param triggerBalance balance above which the drawdown counts
         */
        public record Figures(
                String coin,
                BigDecimal balance,
                BigDecimal drawdown,
                BigDecimal triggerDrawdown,
                BigDecimal stopDrawdown,
                BigDecimal triggerBalance) {

            /** Whether the figures fulfil a condition under which the exchange starts ADL. */
            public boolean triggered() {
                boolean empty = balance.signum() <= 0;
                boolean deep = drawdown != null
                        && triggerDrawdown != null
                        && drawdown.compareTo(triggerDrawdown) < 0
                        && (triggerBalance == null || balance.compareTo(triggerBalance) > 0);
                return empty || deep;
            }
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String channel() {
            return CHANNEL;
        }

        /** See {@link Figures#triggered}. */
        public boolean triggered() {
            return figures.triggered();
        }
    }

    /**
     * Balance of the insurance pool that covers an instrument's losses beyond bankruptcy.
     *
     * @param instrument what is traded
     * @param timestampMicros exchange time, microseconds since 1970
     * @param coin coin of the pool
     * @param balance of the pool; negative if it is overdrawn
     * @param sharedBy number of instruments that share the pool, at least 1
     * @param receivedAt microseconds since 1970 at which the frame was read from the network
     * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
     */
    record InsurancePool(
            InstrumentId instrument,
            long timestampMicros,
            String coin,
            BigDecimal balance,
            long sharedBy,
            long receivedAt,
            boolean synthetic)
            implements RiskEvent {

        public static final String TYPE = "insurance";
        public static final String CHANNEL = "insurance";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String channel() {
            return CHANNEL;
        }
    }

    /**
     * The prices within which the exchange accepts orders of an instrument.
     *
     * @param instrument what is traded
     * @param timestampMicros exchange time, microseconds since 1970
     * @param highestBid highest price of a buy order, above 0
     * @param lowestAsk lowest price of a sell order, above 0
     * @param receivedAt microseconds since 1970 at which the frame was read from the network
     * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
     */
    record PriceLimit(
            InstrumentId instrument,
            long timestampMicros,
            BigDecimal highestBid,
            BigDecimal lowestAsk,
            long receivedAt,
            boolean synthetic)
            implements RiskEvent {

        public static final String TYPE = "price_limit";
        public static final String CHANNEL = "price-limit";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String channel() {
            return CHANNEL;
        }
    }
}

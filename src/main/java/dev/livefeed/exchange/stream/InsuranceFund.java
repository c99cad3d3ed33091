package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.SimulatedMarket;

/** The insurance pool of one contract, which its liquidations fill and empty. */
final class InsuranceFund {

    private static final double START = 20_000;

    private InsuranceFund() {}

    /** Number of liquidations so far, each of which changes the balance. */
    static long changes(SimulatedMarket market) {
        return market.liquidations().written();
    }

    static double balance(SimulatedMarket market) {
        double start = START + Math.floorMod(market.key(), 20_000);
        long liquidations = changes(market);
        return start + 3 * liquidations - 8 * (liquidations / 5);
    }

    static String balanceText(SimulatedMarket market) {
        return DecimalText.decimal(balance(market), 8);
    }

    /** Change of the contract's profit within 8 hours as a ratio of the pool, at most 0. */
    static String drawdownText(SimulatedMarket market) {
        return DecimalText.decimal(-0.004 * (changes(market) % 60), 6);
    }
}

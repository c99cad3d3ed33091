package dev.livefeed.app.paper;

import java.math.BigDecimal;

/**
 * A snapshot of the account's exposure, as the risk limits measure it.
 *
 * @param value value of all positions at the last prices and of all open orders
 * @param dayLoss equity at the start of the UTC day minus current equity; below 0 for a gain
 */
public record Exposure(
        BigDecimal equity,
        BigDecimal cash,
        BigDecimal value,
        BigDecimal dayLoss,
        int openOrders,
        boolean halted,
        boolean paused) {}

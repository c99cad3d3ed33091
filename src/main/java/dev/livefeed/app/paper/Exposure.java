package dev.livefeed.app.paper;

import java.math.BigDecimal;

/**
 * What the account stands for at a moment, measured as the limits measure it.
 *
 * @param value of all positions at the last prices and of all open orders
 * @param dayLoss equity at the beginning of the UTC day less equity, below 0 where it was gained
 */
public record Exposure(
        BigDecimal equity,
        BigDecimal cash,
        BigDecimal value,
        BigDecimal dayLoss,
        int openOrders,
        boolean halted,
        boolean paused) {}

package dev.livefeed.app.paper;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How paper trading is set up. Amounts are in the quote currency.
 *
 * @param folder of the journal, or null: then nothing is kept over a restart
 * @param keep whether to go on where the journal ends; otherwise it is begun anew, as for a replay
 * @param source what the data is, such as {@code simulator-linear}; the first entry of the journal names it
 * @param category product category; paper trading knows {@code linear} and {@code spot}
 * @param capital cash at the beginning
 * @param makerFee part of the value that a resting order pays; below 0 where it is paid for resting
 * @param takerFee part of the value that a taking order pays
 * @param orderLimit the most value of one order
 * @param exposureLimit the most value of all positions and open orders together
 * @param lossLimit the loss of equity within a UTC day that stops the trading
 * @param openOrders the most open orders
 * @param signalAge how old a signal may be, on event time
 * @param equityEvery how often a point of the equity curve is noted, on event time
 * @param sync how often the journal is brought to the disk; zero for every entry
 * @param fileBytes size at which a new journal file is begun
 */
public record PaperSettings(
        Path folder,
        boolean keep,
        String source,
        String category,
        BigDecimal capital,
        BigDecimal makerFee,
        BigDecimal takerFee,
        BigDecimal orderLimit,
        BigDecimal exposureLimit,
        BigDecimal lossLimit,
        int openOrders,
        Duration signalAge,
        Duration equityEvery,
        Duration sync,
        long fileBytes) {}

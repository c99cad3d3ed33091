package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Instruments;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of paper trading. Amounts are in the quote currency.
 *
 * @param source of the data, such as {@code simulator-linear}; recorded in the first entry of the journal
 * @param instruments resolves the symbols in a journal of an earlier version
 * @param capital cash at the start
 * @param signalAge maximum age of a signal, in event time
 * @param equityEvery interval of the points of the equity curve, in event time
 */
public record PaperSettings(
        String source,
        Instruments instruments,
        BigDecimal capital,
        Fees fees,
        OrderLimits limits,
        Duration signalAge,
        Duration equityEvery,
        JournalFiles journal) {

    /**
     * Fee rates, as shares of the order value.
     *
     * @param maker below 0 for a rebate
     */
    public record Fees(BigDecimal maker, BigDecimal taker) {}

    /**
     * Risk limits.
     *
     * @param order maximum value of one order
     * @param exposure maximum value of all positions and open orders together
     * @param dailyLoss loss of equity within a UTC day at which trading is halted
     * @param openOrders maximum number of open orders
     */
    public record OrderLimits(BigDecimal order, BigDecimal exposure, BigDecimal dailyLoss, int openOrders) {}

    /**
     * Where and how the journal is kept.
     *
     * @param folder of the journal, or null to keep nothing over a restart
     * @param earlier folders of earlier versions, which had one for each default category, in the order in which they
     *     are looked at; the first journal found is continued in this folder if that has none
     * @param keep whether to continue an existing journal; otherwise a new one is started, as for a replay
     * @param sync interval of the sync to disk; zero for every entry
     * @param fileBytes size at which a new file is started
     */
    public record JournalFiles(Path folder, Map<String, Path> earlier, boolean keep, Duration sync, long fileBytes) {}
}

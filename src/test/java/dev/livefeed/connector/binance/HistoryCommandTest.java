package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Past trades and candles, page by page, with pages kept on the disk. */
@Timeout(120)
class HistoryCommandTest {

    private static final String BTC = "BTCUSDT";
    private static final int PAST = 3_300;

    @TempDir
    private Path folder;

    private static HistoryDone ask(RunningConnector connector, String channel, long from, long to, String id) {
        connector.send("{\"command\":\"history\",\"channel\":\"" + channel + "\",\"symbol\":\"" + BTC + "\",\"from\":"
                + from + ",\"to\":" + to + ",\"id\":\"" + id + "\"}");
        connector.awaitSince(0, event -> event instanceof HistoryDone done && id.equals(done.id()));
        return connector.events(HistoryDone.class).stream()
                .filter(done -> id.equals(done.id()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Trade> trades(RunningConnector connector) {
        return connector.events(HistoryEvent.class).stream()
                .map(HistoryEvent::event)
                .filter(Trade.class::isInstance)
                .map(Trade.class::cast)
                .toList();
    }

    private static void areComplete(List<Trade> trades, ScriptedBinance server, long from) {
        List<ScriptedMarket.Deal> deals = server.locked(() -> server.market(BTC).deals.stream()
                .filter(deal -> deal.millis() >= from)
                .toList());
        assertThat(trades).hasSizeGreaterThan(3_000);
        for (int i = 0; i < trades.size(); i++) {
            assertThat(trades.get(i).id()).isEqualTo(Long.toString(deals.get(i).id()));
        }
    }

    private static long requests(ScriptedBinance server) {
        return server.requests.stream()
                .filter(path -> path.contains("/aggTrades"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void tradesComeByTimeAndThenByIdAndARestartAsksOnlyForWhatIsNew(BinanceMarket market) throws Exception {
        long now = System.currentTimeMillis();
        long from = now - 320_000;
        try (ScriptedBinance server = new ScriptedBinance(market, 60, now, PAST, BTC)) {
            try (RunningConnector connector =
                    new RunningConnector(server, "", "BINANCE_HISTORY_DIR", folder.toString())) {
                HistoryDone done = ask(connector, "trades", from, now + 3_600_000, "h-1");

                assertThat(done.nothingMissing()).as(done.reason()).isTrue();
                areComplete(trades(connector), server, from);
                assertThat(server.requests).anyMatch(path -> path.contains("startTime=" + from));
                assertThat(requests(server)).isEqualTo(4);
            }
            try (RunningConnector connector =
                    new RunningConnector(server, "", "BINANCE_HISTORY_DIR", folder.toString())) {
                HistoryDone done = ask(connector, "trades", from, now + 3_600_000, "h-2");

                assertThat(done.nothingMissing()).as(done.reason()).isTrue();
                areComplete(trades(connector), server, from);
                assertThat(requests(server))
                        .as("three pages are on the disk; the first is compared")
                        .isEqualTo(6);
            }
            damage();
            try (RunningConnector connector =
                    new RunningConnector(server, "", "BINANCE_HISTORY_DIR", folder.toString())) {
                HistoryDone done = ask(connector, "trades", from, now + 3_600_000, "h-3");

                assertThat(done.nothingMissing()).as(done.reason()).isTrue();
                areComplete(trades(connector), server, from);
                assertThat(requests(server))
                        .as("the damaged page is asked for again")
                        .isEqualTo(9);
            }
        }
    }

    @Test
    void pagesOfAnotherSiteOrFromBeforeAResetAreNotUsed() throws Exception {
        long now = System.currentTimeMillis();
        long from = now - 320_000;
        for (int reset = 0; reset < 2; reset++) {
            // The second server has the trades of another symbol in place of this one's.
            String[] symbols = reset == 0 ? new String[] {BTC} : new String[] {"ETHUSDT", BTC};
            try (ScriptedBinance server = new ScriptedBinance(BinanceMarket.SPOT, 60, now, PAST, symbols);
                    RunningConnector connector =
                            new RunningConnector(server, "", "BINANCE_HISTORY_DIR", folder.toString())) {
                HistoryDone done = ask(connector, "trades", from, now + 3_600_000, "h-1");

                assertThat(done.nothingMissing()).as(done.reason()).isTrue();
                areComplete(trades(connector), server, from);
                assertThat(requests(server)).isEqualTo(4);
            }
        }
    }

    /** Cuts the last page, as a crash does. */
    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.setLength(bytes.length() - 3);
            }
        }
    }

    @Test
    void candlesAreFinalAndInOrder() throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(BinanceMarket.USDM, 60, BTC);
                RunningConnector connector = new RunningConnector(server, "")) {
            long minute = System.currentTimeMillis() / 60_000 * 60_000;
            HistoryDone done = ask(connector, "kline.1m", minute - 1_500 * 60_000, minute - 60_000, "h-1");

            assertThat(done.nothingMissing()).as(done.reason()).isTrue();
            assertThat(connector.events(HistoryEvent.class))
                    .hasSize(1_499)
                    .extracting(event -> ((Kline) event.event()).startMicros())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(connector.events(HistoryEvent.class))
                    .extracting(HistoryEvent::event)
                    .allSatisfy(event -> {
                        assertThat(((Kline) event).closed()).isTrue();
                        assertThat(((Kline) event).turnover()).isEqualByComparingTo("15");
                    });
        }
    }
}

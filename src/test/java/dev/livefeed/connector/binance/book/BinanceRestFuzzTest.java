package dev.livefeed.connector.binance.book;

import dev.livefeed.connector.binance.instrument.BinanceListing;
import dev.livefeed.connector.binance.trade.BinanceTradeSource;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceRest;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.protocol.model.Ids;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any answer of the REST interface is read or refused. */
class BinanceRestFuzzTest {

    private static final long NOW = 1_795_358_219_344_000L;

    private interface Answer {
        void read(byte[] body) throws IOException;
    }

    @Test
    void answers() throws Exception {
        BinanceSettings settings = BinanceSettings.read(Map.of());
        BinanceRest rest = new BinanceRest(settings);
        BinanceListing listing = new BinanceListing(settings, weight -> {});
        BinanceSnapshots snapshots = new BinanceSnapshots(settings, () -> 2_400);
        BinanceTradeSource trades = new BinanceTradeSource(settings);
        new Fuzz("binance-rest").run(body -> {
            rest.judge(new HttpAnswer(400, 0, body), NOW);
            refused(rest::clockMicros, body);
            refused(answer -> trades.read(answer, Ids.linear("BTCUSDT"), NOW, false), body);
            String listed = refused(answer -> listing.read(BinanceMarket.USDM, answer), body);
            String snapshot = refused(snapshots::read, body);
            return listed == null ? snapshot : listed;
        });
    }

    private static String refused(Answer reader, byte[] body) {
        try {
            reader.read(body);
            return null;
        } catch (IOException e) {
            // As it is where it is reported.
            return RestFailure.line(String.valueOf(e.getMessage()));
        }
    }
}

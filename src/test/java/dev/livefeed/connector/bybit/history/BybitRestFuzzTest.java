package dev.livefeed.connector.bybit.history;

import dev.livefeed.connector.bybit.context.BybitRest;
import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.bybit.instrument.BybitListing;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.trade.RecentTrades;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.fuzz.Fuzz;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any answer of the REST interface is read or refused. */
class BybitRestFuzzTest {

    private static final long NOW = 1_795_358_219_344_000L;

    private final TopicName trades = TopicName.of(Category.LINEAR, "trades", "BTCUSDT", 50);
    private final BybitCandles candles = new BybitCandles(TopicName.of(Category.LINEAR, "kline.1m", "BTCUSDT", 50));

    private interface Answer {
        void read(byte[] body) throws IOException;
    }

    @Test
    void answers() throws Exception {
        BybitRest rest = new BybitRest(BybitSettings.read(Map.of()));
        new Fuzz("bybit-rest").run(body -> {
            rest.judge(new HttpAnswer(200, 0, body), NOW);
            refused(rest::clockMicros, body);
            refused(answer -> candles.read(answer, new ArrayList<>()), body);
            String listing = refused(answer -> new BybitListing().read(Category.LINEAR, answer), body);
            String rows = refused(answer -> RecentTrades.read(answer, trades, NOW, false), body);
            return listing == null ? rows : listing;
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

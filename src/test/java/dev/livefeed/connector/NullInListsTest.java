package dev.livefeed.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.livefeed.connector.binance.instrument.BinanceListing;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.bybit.instrument.BybitListing;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.trade.RecentTrades;
import dev.livefeed.connector.instrument.ListedInstrument;
import dev.livefeed.connector.instrument.ListingSource.ListingPage;
import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A null in a list of the venue's REST interface is a missing value, not the text "null". */
class NullInListsTest {

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static void tradesWithoutTheRowWithoutSymbol(ListingPage page) {
        assertThat(page.rows())
                .extracting(ListedInstrument::symbol, ListedInstrument::tradingStatus, ListedInstrument::phase)
                .containsExactly(tuple("BTCUSDT", "", TradingPhase.TRADING));
        assertThat(page.unread()).hasSize(1);
    }

    @Test
    void instrumentsOfBybit() throws Exception {
        tradesWithoutTheRowWithoutSymbol(new BybitListing()
                .read(
                        Category.LINEAR,
                        json("{'retCode':0,'result':{'list':[{'symbol':'BTCUSDT','status':null},"
                                + "{'symbol':null,'status':'Trading'}],'nextPageCursor':null}}")));
    }

    @Test
    void anAuctionPhaseOfBybit() throws Exception {
        assertThat(new BybitListing()
                        .read(
                                Category.LINEAR,
                                json("{'retCode':0,'result':{'list':[{'symbol':'NEWUSDT','status':'PreLaunch',"
                                        + "'preListingInfo':{'curAuctionPhase':null,'phases':[{}]}}]}}"))
                        .rows())
                .extracting(ListedInstrument::phase)
                .containsExactly(TradingPhase.PRE_LAUNCH);
    }

    @Test
    void instrumentsOfBinance() throws Exception {
        tradesWithoutTheRowWithoutSymbol(new BinanceListing(BinanceSettings.read(Map.of()), limit -> {})
                .read(
                        BinanceMarket.SPOT,
                        json("{'symbols':[{'symbol':'BTCUSDT','status':null},"
                                + "{'symbol':null,'status':'TRADING'}]}")));
    }

    @Test
    void theIdOfATradeOfBybit() throws Exception {
        long now = 1_795_000_000_000_000L;
        RecentTrades.Rows rows = RecentTrades.read(
                json("{'retCode':0,'result':{'list':[{'execId':null,'symbol':'BTCUSDT','price':'1','size':'2',"
                        + "'side':'Buy','time':'" + now / 1_000 + "'}]}}"),
                TopicName.of(Category.LINEAR, "trades", "BTCUSDT", 50),
                now,
                true);
        assertThat(rows.trades()).isEmpty();
        assertThat(rows.unread())
                .extracting(RecentTrades.UnreadRow::id, RecentTrades.UnreadRow::reason)
                .containsExactly(tuple(null, UnreadableReason.ID));
    }
}

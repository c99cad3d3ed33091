package dev.livefeed.connector.bybit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.trade.RecentTrades;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row is about the instrument of its topic, or of the request, or it is not used. */
class RowSymbolTest {

    private static final long MILLIS = 1_774_021_164_272L;
    private static final String CALL = "BTC-27NOV26-70000-C";

    private final FrameParser parser = new FrameParser();
    private final StreamTable<Topic> topics = new StreamTable<>();
    private final ParsedFrame frame = new ParsedFrame();

    RowSymbolTest() {
        for (String channel : new String[] {"depth", "trades", "ticker", "kline.1m", "liquidations"}) {
            topics.add(new Topic(TopicName.of(Category.LINEAR, channel, "BTCUSDT", 50)));
        }
        topics.add(new Topic(TopicName.of(Category.OPTION, "trades", CALL, 25)));
    }

    private String parse(String topic, String data) {
        byte[] bytes = ("{\"topic\":\"" + topic + "\",\"type\":\"snapshot\",\"ts\":" + MILLIS + ",\"data\":" + data
                        + ",\"cts\":" + MILLIS + "}")
                .getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 0, bytes.length, MILLIS * 1_000, topics, frame);
    }

    private static String trade(String symbol) {
        return "{\"T\":" + MILLIS + symbol + ",\"S\":\"Sell\",\"v\":\"0.001\",\"p\":\"69916.80\",\"i\":\"8c931d9a\"}";
    }

    private static String book(String symbol) {
        return "{" + symbol + "\"b\":[[\"71419.80\",\"1\"]],\"a\":[],\"u\":1,\"seq\":5}";
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"s\":\"BTCUSDT\"", "", ",\"s\":null", ",\"s\":\"\""})
    void theTopicNamesTheSymbolOfARowWithoutOne(String symbol) {
        assertThat(parse("publicTrade.BTCUSDT", "[" + trade(symbol) + "]")).isNull();
        assertThat(frame.tradeCount).isEqualTo(1);
        assertThat(frame.unread.any()).isFalse();

        assertThat(parse("allLiquidation.BTCUSDT", "[" + trade(symbol) + "]")).isNull();
        assertThat(frame.tradeCount).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"ETHUSDT\"", "\"BTCUSD\"", "\"BTCUSDTX\"", "\"btcusdt\"", "\" BTCUSDT\"", "7", "{}", "[1]"})
    void aRowOfAnotherSymbolIsNotUsed(String symbol) {
        for (String topic : new String[] {"publicTrade.BTCUSDT", "allLiquidation.BTCUSDT"}) {
            assertThat(parse(topic, "[" + trade("") + "," + trade(",\"s\":" + symbol) + "]"))
                    .isNull();
            assertThat(frame.tradeCount).isEqualTo(1);
            assertThat(frame.unread.count(UnreadableReason.SYMBOL)).isEqualTo(1);
            assertThat(frame.unread.trades()).singleElement().satisfies(row -> assertThat(row.id())
                    .isEqualTo("8c931d9a"));
            assertThat(frame.unread.cause()).endsWith("must be BTCUSDT");
        }
        assertThat(parse("kline.1.BTCUSDT", "[{\"symbol\":" + symbol + "," + CANDLE + "},{" + CANDLE + "}]"))
                .isNull();
        assertThat(frame.klines).hasSize(1);
        assertThat(frame.unread.count(UnreadableReason.SYMBOL)).isEqualTo(1);
    }

    private static final String CANDLE =
            "\"start\":1774021140000,\"end\":1774021199999,\"interval\":\"1\",\"open\":\"1\","
                    + "\"close\":\"1\",\"high\":\"1\",\"low\":\"1\",\"volume\":\"1\",\"turnover\":\"1\","
                    + "\"confirm\":false";

    @ParameterizedTest
    @ValueSource(strings = {"\"ETHUSDT\"", "\"BTCUSD\"", "\"btcusdt\"", "7", "{}"})
    void aBookOrTickerOfAnotherSymbolIsNotUsed(String symbol) {
        String fault = "must be BTCUSDT";
        assertThat(parse("orderbook.50.BTCUSDT", book("\"s\":" + symbol + ","))).endsWith(fault);
        assertThat(frame.topic).as("its book is lost").isNotNull();
        assertThat(parse("tickers.BTCUSDT", "{\"symbol\":" + symbol + ",\"lastPrice\":\"1\"}"))
                .endsWith(fault);
        assertThat(frame.topic).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"s\":\"BTCUSDT\",", "", "\"s\":null,", "\"s\":\"\","})
    void aBookNeedsNoSymbol(String symbol) {
        assertThat(parse("orderbook.50.BTCUSDT", book(symbol))).isNull();
        assertThat(frame.bids.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"s\":null",
                ",\"s\":\"\"",
                ",\"s\":7",
                ",\"s\":\"BTC\"",
                ",\"s\":\"BTC-\\u0000\"",
                ",\"s\":\"BTC-27NOV26 70000\"",
                ",\"s\":\"BTCX-27NOV26-70000-C\"",
                ",\"s\":\"ETH-27NOV26-70000-C\""
            })
    void aTradeOfABaseCoinNeedsAContractOfIt(String symbol) {
        assertThat(parse("publicTrade.BTC", "[" + trade(symbol) + "," + trade(",\"s\":\"" + CALL + "\"") + "]"))
                .isNull();

        assertThat(frame.tradeCount).isEqualTo(1);
        assertThat(frame.trades.get(0).symbol).isEqualTo(CALL);
        assertThat(frame.unread.count(UnreadableReason.SYMBOL)).isEqualTo(1);
        assertThat(frame.unread.trades()).singleElement().satisfies(row -> assertThat(row.symbol())
                .isNull());
    }

    private static RecentTrades.Rows rest(TopicName topic, String requested, String symbol) throws IOException {
        String body = "{\"retCode\":0,\"result\":{\"list\":[{\"execId\":\"a\"" + symbol
                + ",\"price\":\"1\",\"size\":\"1\",\"side\":\"Buy\",\"time\":\"" + MILLIS + "\"}]}}";
        return RecentTrades.read(
                body.getBytes(StandardCharsets.UTF_8), topic, requested, MILLIS * 1_000 + 1_000_000, false);
    }

    @ParameterizedTest
    @CsvSource({
        "BTCUSDT, BTCUSDT, true",
        "BTCUSDT, '', true",
        "BTCUSDT, ETHUSDT, false",
        "BTCUSDT, BTCUSD, false",
        "BTC, BTC-27NOV26-70000-C, true",
        "BTC, '', false",
        "BTC, BTC, false",
        "BTC, ETH-27NOV26-70000-C, false",
        "BTC-27NOV26-70000-C, BTC-27NOV26-70000-C, true",
        "BTC-27NOV26-70000-C, '', true",
        "BTC-27NOV26-70000-C, BTC-27NOV26-70000-P, false"
    })
    void aRowOfRestIsAboutWhatWasRequested(String requested, String symbol, boolean used) throws IOException {
        Category category = requested.equals("BTCUSDT") ? Category.LINEAR : Category.OPTION;
        TopicName topic = TopicName.of(category, "trades", requested, 25);

        RecentTrades.Rows rows = rest(topic, requested, ",\"symbol\":\"" + symbol + "\"");

        assertThat(rows.trades()).hasSize(used ? 1 : 0);
        assertThat(rows.unread()).hasSize(used ? 0 : 1);
        if (used) {
            assertThat(rows.trades()).extracting(Trade::symbol).containsExactly(symbol.isEmpty() ? requested : symbol);
        } else {
            assertThat(rows.unread().get(0).reason()).isEqualTo(UnreadableReason.SYMBOL);
            assertThat(rows.unread().get(0).id()).isEqualTo("a");
        }
    }

    @Test
    void aRowOfRestWithoutASymbolIsAboutTheRequestedContractOnly() throws IOException {
        TopicName topic = TopicName.of(Category.OPTION, "trades", CALL, 25);

        assertThat(rest(topic, CALL, "").trades()).extracting(Trade::symbol).containsExactly(CALL);
        assertThat(rest(topic, "BTC", "").trades()).isEmpty();
        assertThat(rest(topic, CALL, ",\"symbol\":7").trades()).isEmpty();
    }
}

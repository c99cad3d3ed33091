package dev.livefeed.connector.bybit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private static final String DELTA =
            "{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1773386409407,\"data\":{\"s\":\"BTCUSDT\","
                    + "\"b\":[[\"71419.80\",\"0\"],[\"71418.20\",\"0.159\"]],\"a\":[[\"71427.90\",\"0.006\"]],"
                    + "\"u\":10132541,\"seq\":546137962186},\"cts\":1773386409404}";
    private static final String TRADE = "{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1774021164273,"
            + "\"data\":[{\"T\":1774021164272,"
            + "\"s\":\"BTCUSDT\",\"S\":\"Sell\",\"v\":\"0.001\",\"p\":\"69916.80\",\"L\":\"MinusTick\","
            + "\"i\":\"8c931d9a\",\"BT\":true,\"RPI\":true,\"seq\":5}]}";

    private final FrameParser parser = new FrameParser();
    private final TopicTable topics = new TopicTable();
    private final ParsedFrame frame = new ParsedFrame();

    FrameParserTest() {
        topics.add(new Topic(TopicName.of(Category.LINEAR, "depth", "BTCUSDT", 50)));
        topics.add(new Topic(TopicName.of(Category.LINEAR, "trades", "BTCUSDT", 50)));
    }

    @Test
    void readsADelta() {
        assertThat(parse(DELTA)).isNull();

        assertThat(frame.kind).isEqualTo(ParsedFrame.Kind.DATA);
        assertThat(frame.topic.name().text()).isEqualTo("orderbook.50.BTCUSDT");
        assertThat(frame.snapshot).isFalse();
        assertThat(frame.timeMicros()).isEqualTo(1_773_386_409_404_000L);
        assertThat(frame.updateId).isEqualTo(10_132_541);
        assertThat(frame.seq).isEqualTo(546_137_962_186L);
        assertThat(frame.bids.build()).hasToString("[[71419.80, 0.000], [71418.20, 0.159]]");
        assertThat(frame.asks.build()).hasToString("[[71427.90, 0.006]]");
    }

    @Test
    void readsATrade() {
        assertThat(parse(TRADE)).isNull();

        assertThat(frame.tradeCount).isEqualTo(1);
        TradeRow row = frame.trades.get(0);
        assertThat(row.id).isEqualTo("8c931d9a");
        assertThat(row.side).isEqualTo(Side.SELL);
        assertThat(row.timeMillis).isEqualTo(1_774_021_164_272L);
        assertThat(row.price).isEqualTo(6_991_680);
        assertThat(row.priceScale).isEqualTo(2);
        assertThat(row.blockTrade && row.rpi).isTrue();
        assertThat(row.seq).isEqualTo(5);
    }

    @Test
    void theOrderOfKeysDoesNotMatter() {
        String reversed =
                "{\"cts\":1773386409404,\"data\":{\"seq\":546137962186,\"u\":10132541,\"a\":[[\"71427.90\",\"0.006\"]],"
                        + "\"b\":[[\"71419.80\",\"0\"],[\"71418.20\",\"0.159\"]],\"s\":\"BTCUSDT\"},"
                        + "\"ts\":1773386409407,\"type\":\"delta\",\"topic\":\"orderbook.50.BTCUSDT\"}";

        assertThat(parse(reversed)).isNull();

        assertThat(frame.updateId).isEqualTo(10_132_541);
        assertThat(frame.bids.size()).isEqualTo(2);
        assertThat(frame.asks.size()).isEqualTo(1);
    }

    @Test
    void anUnknownTopicIsNoError() {
        assertThat(parse(DELTA.replace("BTCUSDT", "ETHUSDT"))).isNull();
        assertThat(frame.kind).isEqualTo(ParsedFrame.Kind.UNKNOWN_TOPIC);
    }

    @Test
    void controlFramesHaveNoTopic() {
        assertThat(parse("{\"success\":false,\"ret_msg\":\"args size \\u003e10\",\"req_id\":\"r1\","
                        + "\"op\":\"subscribe\"}"))
                .isNull();

        assertThat(frame.kind).isEqualTo(ParsedFrame.Kind.CONTROL);
        assertThat(frame.success).isFalse();
        assertThat(frame.retMsg).isEqualTo("args size >10");
        assertThat(frame.reqId).isEqualTo("r1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "7",
                "{\"topic\":7}",
                "{\"topic\":\"orderbook.50.BTCUSDT\"",
                "{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1773386409407}",
                "{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1773386409407,\"data\":[]}",
                "{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1773386409407,"
                        + "\"data\":{\"b\":[],\"u\":2}}"
            })
    void whatIsNoFrameIsSaidToBeNone(String text) {
        assertThat(parse(text)).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"71419.80\",\"0\"=\"0\",\"1\"",
                "\"71419.80\",\"0\"=\"-1\",\"1\"",
                "\"71419.80\",\"0\"=\"71419.80\",\"-1\"",
                "\"71419.80\",\"0\"=\"abc\",\"1\"",
                "\"71419.80\",\"0\"=\"NaN\",\"1\"",
                "\"71419.80\",\"0\"=\"71419.80\"",
                "\"71419.80\",\"0\"=\"71419.80\",\"1\",\"2\"",
                "\"71419.80\",\"0\"=\"1000000000000000\",\"1\"",
                "\"u\":10132541=\"u\":\"10132541\"",
                "\"u\":10132541=\"u\":-1",
                "\"u\":10132541=\"u\":1.5",
                "\"type\":\"delta\"=\"type\":\"update\"",
                "\"ts\":1773386409407=\"ts\":17",
                "\"b\":[[=\"b\":[],\"b\":[["
            })
    void aBookFrameWithAWrongValueIsUnreadableButItsTopicIsKnown(String replacement) {
        String[] parts = replacement.split("=", 2);
        assertThat(DELTA).contains(parts[0]);

        assertThat(parse(DELTA.replace(parts[0], parts[1]))).isNotBlank();
        assertThat(frame.topic).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"S\":\"Sell\"=\"S\":\"Hold\"",
                "\"v\":\"0.001\"=\"v\":\"0\"",
                "\"p\":\"69916.80\"=\"p\":\"\"",
                "\"i\":\"8c931d9a\"=\"i\":\"\"",
                "\"T\":1774021164272=\"T\":\"1774021164272\"",
                "\"T\":1774021164272,=",
                "[{=[7,{"
            })
    void aTradeWithAWrongValueMakesTheFrameUnreadable(String replacement) {
        String[] parts = replacement.split("=", 2);
        assertThat(TRADE).contains(parts[0]);

        assertThat(parse(TRADE.replace(parts[0], parts[1]))).isNotBlank();
    }

    private String parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 0, bytes.length, 1_790_000_000_000_000L, topics, frame);
    }
}

package dev.livefeed.connector.bybit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private final StreamTable<Topic> topics = new StreamTable<>();
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
                "\"u\":10132541=\"u\":-1",
                "\"u\":10132541=\"u\":1.5",
                "\"type\":\"delta\"=\"type\":\"update\"",
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
                "\"0\",\"1\"",
                "\"-1\",\"1\"",
                "\"71419.80\",\"-1\"",
                "\"abc\",\"1\"",
                "\"NaN\",\"1\"",
                "\"71419.80\"",
                "",
                "\"71419.80\",\"1\",\"2\"",
                "{},[]",
                "\"1000000000000000\",\"1\""
            })
    void aLevelThatCannotBeReadCostsOnlyItself(String level) {
        assertThat(parse(DELTA.replace("\"71419.80\",\"0\"", level))).isNull();

        assertThat(frame.unread.total()).isEqualTo(1);
        assertThat(frame.unread.hidesLevel()).isTrue();
        assertThat(frame.unread.cause()).isNotBlank();
        assertThat(frame.updateId).isEqualTo(10_132_541);
        assertThat(frame.asks.build()).hasToString("[[71427.90, 0.006]]");
        assertThat(frame.bids.build().toString()).endsWith("[71418.20, 0.159]]");
    }

    @Test
    void aLevelWithoutACommonScaleWithTheOthersCostsOnlyItself() {
        assertThat(parse(DELTA.replace("\"0.159\"]", "\"0.159\"],[\"0.000000000000000001\",\"1\"]")))
                .isNull();

        assertThat(frame.unread.count(UnreadableReason.SCALE)).isEqualTo(1);
        assertThat(frame.unread.hidesLevel()).isTrue();
        assertThat(frame.bids.build()).hasToString("[[71419.80, 0.000], [71418.20, 0.159]]");
    }

    @Test
    void aLevelWhoseSizeCannotBeReadIsRemovedFromTheBook() {
        assertThat(parse(DELTA.replace("\"71418.20\",\"0.159\"", "\"71418.20\",\"x\"")))
                .isNull();

        assertThat(frame.bids.build()).hasToString("[[71419.80, 0], [71418.20, 0]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"u\":10132541=\"u\":\"10132541\"",
                "\"ts\":1773386409407=\"ts\":\"1773386409407\"",
                "\"ts\":1773386409407=\"ts\":17",
                "\"cts\":1773386409404=\"cts\":\"1773386409404\"",
                "\"seq\":546137962186=\"seq\":\"546137962186\"",
                "\"seq\":546137962186=\"seq\":1234567890123456789012",
                "\"seq\":546137962186=\"seq\":{\"a\":[1]}",
                "\"seq\":546137962186=\"seq\":null",
                "\"0.006\"=0.006"
            })
    void quotedNumbersAreNumbersAndOptionalOnesAreLeftOut(String replacement) {
        String[] parts = replacement.split("=", 2);
        assertThat(DELTA).contains(parts[0]);

        assertThat(parse(DELTA.replace(parts[0], parts[1]))).isNull();

        assertThat(frame.unread.any()).isFalse();
        assertThat(frame.updateId).isEqualTo(10_132_541);
        assertThat(frame.timeMicros()).isEqualTo(1_773_386_409_404_000L);
        assertThat(frame.seq).isIn(546_137_962_186L, -1L);
    }

    @Test
    void numbersOfSixtyFourBitsAreTaken() {
        assertThat(parse(DELTA.replace("10132541", "9223372036854775807")
                        .replace("546137962186", "1234567890123456789")))
                .isNull();

        assertThat(frame.updateId).isEqualTo(Long.MAX_VALUE);
        assertThat(frame.seq).isEqualTo(1_234_567_890_123_456_789L);
        assertThat(parse(DELTA.replace("10132541", "9223372036854775808"))).contains("u is");
    }

    @Test
    void aSizeOfMoreThan18DigitsLosesItsLastOnes() {
        assertThat(parse(DELTA.replace("\"0.159\"", "\"123456789012.12345678\"")))
                .isNull();

        assertThat(frame.unread.any()).isFalse();
        assertThat(frame.unread.shortenedSizes()).isEqualTo(1);
        assertThat(frame.bids.build().toString()).endsWith("[71418.20, 123456789012.123456]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"S\":\"Sell\"=\"S\":\"Hold\"",
                "\"S\":\"Sell\"=\"S\":\"\"",
                "\"S\":\"Sell\"=\"S\":{\"a\":[{}]}",
                "\"S\":\"Sell\",=",
                "\"v\":\"0.001\"=\"v\":\"0\"",
                "\"p\":\"69916.80\"=\"p\":\"\"",
                "\"i\":\"8c931d9a\"=\"i\":\"\"",
                "\"T\":1774021164272=\"T\":\"later\"",
                "\"T\":1774021164272,="
            })
    void aTradeThatCannotBeReadCostsOnlyItself(String replacement) {
        String[] parts = replacement.split("=", 2);
        assertThat(TRADE).contains(parts[0]);
        String row = TRADE.substring(TRADE.indexOf("[{") + 1, TRADE.lastIndexOf(']'));
        String bad = row.replace(parts[0], parts[1]).replace("8c931d9a", "bad");
        String good = row.replace("8c931d9a", "good");

        assertThat(parse(TRADE.replace(row, row + ',' + bad + ',' + good))).isNull();

        assertThat(frame.tradeCount).isEqualTo(2);
        assertThat(frame.trades.subList(0, 2)).extracting(trade -> trade.id).containsExactly("8c931d9a", "good");
        assertThat(frame.unread.total()).isEqualTo(1);
        assertThat(frame.unread.row()).isEqualTo(1);
        assertThat(frame.unread.trades()).singleElement().satisfies(trade -> {
            assertThat(trade.before()).isEqualTo(1);
            assertThat(trade.symbol()).isEqualTo("BTCUSDT");
            assertThat(trade.id()).isIn("bad", null);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{=[7,{", "[{=[[[]],{", "[{=[\"x\",{", "[{=[null,{"})
    void aRowThatIsNoObjectCostsOnlyItself(String replacement) {
        String[] parts = replacement.split("=", 2);

        assertThat(parse(TRADE.replace(parts[0], parts[1]))).isNull();

        assertThat(frame.tradeCount).isEqualTo(1);
        assertThat(frame.unread.count(UnreadableReason.FORM)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"T\":1774021164272=\"T\":\"1774021164272\"",
                "\"ts\":1774021164273=\"ts\":\"x\"",
                "\"i\":\"8c931d9a\"=\"i\":2290000001227213949",
                "\"BT\":true=\"BT\":\"true\"",
                "\"seq\":5=\"seq\":\"5\"",
                "\"seq\":5=\"seq\":1234567890123456789012"
            })
    void aTradeWithNumbersInTheOtherFormIsRead(String replacement) {
        String[] parts = replacement.split("=", 2);
        assertThat(TRADE).contains(parts[0]);

        assertThat(parse(TRADE.replace(parts[0], parts[1]))).isNull();

        assertThat(frame.unread.any()).isFalse();
        TradeRow row = frame.trades.get(0);
        assertThat(row.timeMillis).isEqualTo(1_774_021_164_272L);
        assertThat(row.id).isIn("8c931d9a", "2290000001227213949");
        assertThat(row.blockTrade).isTrue();
    }

    /** The reason is that of the metric. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"s\":\"BTCUSDT\"|\"s\":\"ETHUSDT\"|SYMBOL",
                "\"u\":10132541|\"u\":\"x\"|NUMBER",
                "\"data\":{|\"data\":[],\"x\":{|FORM",
            })
    void aFrameThatCannotBeUsedHasAReason(String from, String to, UnreadableReason reason) {
        assertThat(DELTA).contains(from);

        assertThat(parse(DELTA.replace(from, to))).isNotNull();

        assertThat(parser.reason()).isEqualTo(reason);
    }

    private String parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 0, bytes.length, 1_790_000_000_000_000L, topics, frame);
    }
}

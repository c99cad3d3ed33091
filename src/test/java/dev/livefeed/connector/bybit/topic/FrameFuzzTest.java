package dev.livefeed.connector.bybit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any bytes are a frame or are refused, and the fast parser gives the same result as the JSON parser. */
class FrameFuzzTest {

    private static final long RECEIVED_AT = 1_795_358_219_344_000L;

    private final StreamTable<Topic> topics = new StreamTable<>();
    private final FrameParser parser = new FrameParser();
    private final FrameParser jsonParser = new FrameParser();
    private final ParsedFrame frame = new ParsedFrame();
    private final ParsedFrame fromJson = new ParsedFrame();

    FrameFuzzTest() {
        for (String channel : List.of(
                "trades",
                "depth",
                "depth.rpi",
                "ticker",
                "kline.1m",
                "liquidations",
                "price-limit",
                "adl",
                "insurance",
                "system")) {
            topics.add(new Topic(TopicName.of(Category.LINEAR, channel, "BTCUSDT", 50)));
        }
        topics.add(new Topic(TopicName.of(Category.OPTION, "trades", "BTC-27MAR26-90000-C-USDT", 25)));
        topics.add(new Topic(TopicName.of(Category.OPTION, "ticker", "BTC-27MAR26-90000-C-USDT", 25)));
    }

    @Test
    void frames() throws Exception {
        new Fuzz("bybit-frames").run(this::read);
    }

    private String read(byte[] bytes) {
        String refused = parser.parse(bytes, 0, bytes.length, RECEIVED_AT, topics, frame);
        fromJson.clear();
        String refusedJson = jsonParser.parseJson(bytes, 0, bytes.length, RECEIVED_AT, topics, fromJson);

        assertThat(refused).isEqualTo(refusedJson);
        if (refused == null) {
            assertThat(shown(frame)).isEqualTo(shown(fromJson));
        }
        return refused;
    }

    private static List<Object> shown(ParsedFrame frame) {
        return java.util.Arrays.asList(
                frame.kind,
                frame.topic,
                frame.otherTopic,
                frame.type,
                frame.snapshot,
                frame.timeMicros(),
                frame.updateId,
                frame.seq,
                frame.bids.build(),
                frame.asks.build(),
                frame.unread.total(),
                frame.unread.cause(),
                frame.tradeCount,
                frame.op,
                frame.retMsg,
                frame.reqId,
                frame.success,
                frame.successTopics.toString(),
                frame.failTopics.toString());
    }
}

package dev.livefeed.connector.binance.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.fuzz.Fuzz;
import dev.livefeed.protocol.codec.LineTree;
import dev.livefeed.protocol.model.KlineInterval;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any bytes are a frame or are refused, and the order of {@code stream} and {@code data} does not matter. */
class CombinedFrameFuzzTest {

    private static final long RECEIVED_AT = 1_795_358_219_344_000L;

    private final StreamTable<VenueStream> streams = new StreamTable<>();
    private final CombinedFrameParser parser = new CombinedFrameParser();
    private final CombinedFrame frame = new CombinedFrame();
    private final CombinedFrame turned = new CombinedFrame();

    CombinedFrameFuzzTest() {
        BinanceMarket market = BinanceMarket.USDM;
        for (StreamName name : List.of(
                StreamName.trades(market, true, "BTCUSDT"),
                StreamName.trades(market, false, "BTCUSDT"),
                StreamName.depth(market, "BTCUSDT"),
                StreamName.bookTicker(market, "BTCUSDT"),
                StreamName.ticker(market, "BTCUSDT"),
                StreamName.markPrice(market, "BTCUSDT"),
                StreamName.kline(market, KlineInterval.MINUTE, "BTCUSDT"),
                StreamName.liquidations(market, "BTCUSDT"))) {
            streams.add(new VenueStream(name, null));
        }
    }

    @Test
    void frames() throws Exception {
        new Fuzz("binance-frames").run(this::read);
    }

    private String read(byte[] bytes) {
        String refused = parser.parse(bytes, 0, bytes.length, RECEIVED_AT, streams, frame);
        byte[] other = dataFirst(bytes);
        if (other != null) {
            String refusedTurned = parser.parse(other, 0, other.length, RECEIVED_AT, streams, turned);
            // Jackson writes numbers in another form, which the refusal repeats.
            assertThat(refusedTurned == null).isEqualTo(refused == null);
            if (refused == null) {
                assertThat(shown(turned)).isEqualTo(shown(frame));
            }
        }
        return refused;
    }

    /** The same frame with its data first; null if it is not one object with a stream and data. */
    private static byte[] dataFirst(byte[] bytes) {
        try {
            JsonNode tree = LineTree.MAPPER.readTree(bytes);
            if (tree == null || !tree.isObject() || !tree.path("stream").isTextual() || !tree.has("data")) {
                return null;
            }
            ObjectNode result = LineTree.MAPPER.createObjectNode();
            result.set("data", tree.get("data"));
            result.setAll((ObjectNode) tree);
            return LineTree.MAPPER.writeValueAsBytes(result);
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static List<Object> shown(CombinedFrame frame) {
        return Arrays.asList(
                frame.kind,
                frame.stream,
                frame.eventMillis,
                frame.tradeMillis,
                frame.firstId,
                frame.lastId,
                frame.previousId,
                frame.bids.build(),
                frame.asks.build(),
                frame.id,
                frame.price,
                frame.price > 0 ? frame.priceScale : 0,
                frame.qty,
                frame.qty > 0 ? frame.qtyScale : 0,
                frame.unread.total(),
                frame.replyTo,
                frame.error);
    }
}

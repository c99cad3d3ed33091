package dev.livefeed.bench.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The events of {@link PreparedFrames}. */
final class PreparedEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PreparedEvents() {}

    static List<Depth> book(int count) throws IOException {
        List<Depth> events = new ArrayList<>(count);
        for (byte[] frame : PreparedFrames.book(count)) {
            JsonNode tree = JSON.readTree(frame);
            boolean snapshot = tree.get("type").asText().equals("snapshot");
            JsonNode data = tree.get("data");
            long update = data.get("u").asLong();
            events.add(new Depth(
                    PreparedFrames.SYMBOL,
                    "linear",
                    tree.get("cts").asLong() * 1_000,
                    levels(data.get("b")),
                    levels(data.get("a")),
                    update,
                    snapshot ? -1 : update - 1,
                    snapshot,
                    50,
                    tree.get("ts").asLong() * 1_000 + 250,
                    false));
        }
        return events;
    }

    private static Levels levels(JsonNode side) {
        Levels.Builder levels = new Levels.Builder();
        for (JsonNode level : side) {
            levels.add(
                    new BigDecimal(level.get(0).asText()),
                    new BigDecimal(level.get(1).asText()));
        }
        return levels.build();
    }

    static List<Trade> trades(int count) throws IOException {
        List<Trade> events = new ArrayList<>(count);
        for (byte[] frame : PreparedFrames.trades(count)) {
            JsonNode row = JSON.readTree(frame).get("data").get(0);
            long micros = row.get("T").asLong() * 1_000;
            events.add(new Trade(
                    PreparedFrames.SYMBOL,
                    "linear",
                    row.get("i").asText(),
                    micros,
                    new BigDecimal(row.get("p").asText()),
                    new BigDecimal(row.get("v").asText()),
                    row.get("S").asText().equals("Buy") ? Side.BUY : Side.SELL,
                    row.get("seq").asLong(),
                    false,
                    false,
                    micros + 250,
                    false));
        }
        return events;
    }

    /** The trade at another time. */
    static Trade at(Trade trade, long micros) {
        return new Trade(
                trade.symbol(),
                trade.category(),
                trade.id(),
                micros,
                trade.price(),
                trade.qty(),
                trade.side(),
                trade.seq(),
                false,
                false,
                micros + 250,
                false);
    }
}

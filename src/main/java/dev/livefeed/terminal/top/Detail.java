package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.terminal.ExactJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What is only followed for the instrument that is selected: its book and its past prices. */
final class Detail {

    private static final String MINUTE = "1m";

    private final InstrumentName name;
    private final DepthBook book = new DepthBook();
    private final EventRate updates;
    private final PriceHistory minutes = new PriceHistory(60_000);
    private ProgramLink link;
    private long bookAt;
    private boolean incomplete;

    Detail(InstrumentName name, long now) {
        this.name = name;
        updates = new EventRate(now);
        link = ProgramLink.connecting(now);
    }

    /** Applies a message of the instrument's stream. */
    void apply(JsonNode message, long now) {
        switch (message.path("type").asText()) {
            case "depth" -> {
                bookAt = now;
                updates.add(now, 1);
                incomplete |= !book.apply(message);
            }
            case "candle" -> candle(message);
            case "candles" -> {
                if (message.path("data").path("timeframe").asText().equals(MINUTE)) {
                    message.path("data").path("candles").forEach(this::candleOfMinute);
                }
            }
            case "status" -> {
                if (message.path("status").asText().equals("stale")
                        && message.path("channel").asText("depth").equals("depth")) {
                    book.stale(message.path("reason").asText("the feed says so"));
                }
            }
            default -> {}
        }
    }

    private void candle(JsonNode message) {
        if (message.path("timeframe").asText().equals(MINUTE)) {
            candleOfMinute(message);
        }
    }

    private void candleOfMinute(JsonNode candle) {
        JsonNode start = candle.path("start");
        BigDecimal close = ExactJson.number(ExactJson.text(candle.path("close")));
        if (close == null) {
            return; // the curve goes on with the next one
        }
        try {
            minutes.set(start.isTextual() ? Instant.parse(start.asText()).toEpochMilli() : start.asLong(), close);
        } catch (DateTimeParseException | ArithmeticException e) {
            // No time: the curve goes on with the next one.
        }
    }

    /** A trade of the instrument. */
    void trade(TapeTrade trade) {
        BigDecimal price = ExactJson.number(trade.price());
        if (!trade.late() && minutes.size() > 0 && price != null) {
            minutes.set(trade.time(), price);
        }
    }

    void link(ProgramLink state) {
        link = state;
    }

    InstrumentName name() {
        return name;
    }

    ProgramLink link() {
        return link;
    }

    /** A connection that is resumed continues it, so it stays as it was while there is none. */
    DepthBook book() {
        return book;
    }

    /** Why the book must not be used; empty if it may. */
    String unusable() {
        return link.state() == ProgramLink.State.LOST ? link.reason() : book.reason();
    }

    /** When the last update came; 0 if none has. */
    long bookAt() {
        return bookAt;
    }

    double updatesPerSecond(long now) {
        return updates.perSecond(now);
    }

    PriceHistory minutes() {
        return minutes;
    }

    /** Whether an update is missing, so that the stream must be opened again. */
    boolean incomplete() {
        return incomplete;
    }
}

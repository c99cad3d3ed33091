package dev.livefeed.app.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.paper.Signal;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Builds the messages of the stream. An event has the fields of its line in the connector protocol, with times in
 * milliseconds; decimals keep all their digits. Not thread-safe.
 */
final class StreamMessages {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final int MAX_STATUS = 16 * 1024;
    private static final int MAX_TEXT = 1_000;

    private final EventWriter writer;
    private final boolean venues;
    private final BooleanSupplier synthetic;
    private final UnaryOperator<String> clean;

    /**
     * @param venues whether messages have the field {@code venue}
     * @param synthetic whether the data is not from a real exchange
     * @param clean redacts secrets
     */
    StreamMessages(boolean venues, BooleanSupplier synthetic, UnaryOperator<String> clean) {
        this.venues = venues;
        this.writer = venues ? EventWriter.inMillis().withVenues() : EventWriter.inMillis();
        this.synthetic = synthetic;
        this.clean = clean;
    }

    /** A market event in the form of the connector protocol. */
    StreamMessage message(Event event) {
        writer.clear();
        writer.write(event);
        return StreamMessage.of(writer.buffer(), writer.length() - 1);
    }

    private String event(Event event) {
        writer.clear();
        writer.write(event);
        return new String(writer.buffer(), 0, writer.length() - 1, StandardCharsets.UTF_8);
    }

    /** A delta that names the previous update, even if the connector did not. */
    StreamMessage delta(Depth d, long previous) {
        return message(
                d.prevUpdateId() >= 0
                        ? d
                        : new Depth(
                                d.instrument(),
                                d.timestampMicros(),
                                d.bids(),
                                d.asks(),
                                d.lastUpdateId(),
                                previous,
                                false,
                                d.levels(),
                                d.receivedAt(),
                                d.synthetic()));
    }

    /** A snapshot of a local order book. */
    StreamMessage snapshot(BookView book) {
        return message(new Depth(
                book.instrument(),
                book.timestampMicros(),
                book.bids(),
                book.asks(),
                book.lastUpdateId(),
                -1,
                true,
                book.levels(),
                book.receivedAt(),
                synthetic.getAsBoolean()));
    }

    /**
     * A status of the connector or the application. If it is longer than 16 KiB, its details are omitted.
     */
    String status(Status status) {
        String text = event(status);
        return withSynthetic(text.length() <= MAX_STATUS ? text : event(cut(status)));
    }

    /** An error of the connector or the application. Texts are cut if it is longer than 16 KiB. */
    String status(Failure failure) {
        String text = event(failure);
        return withSynthetic(text.length() <= MAX_STATUS ? text : event(cut(failure)));
    }

    private String withSynthetic(String line) {
        try {
            ObjectNode message = (ObjectNode) JSON.readTree(line);
            message.put("synthetic", synthetic.getAsBoolean());
            return clean.apply(JSON.writeValueAsString(message));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a line of the event writer is not JSON", e);
        }
    }

    private static Status cut(Status s) {
        return Status.of(
                cut(s.status()),
                new Head(cut(s.connector()), s.symbol(), cut(s.channel()), cut(s.id()), cut(s.reason()), s.venue()),
                Map.of("truncated", true));
    }

    private static Failure cut(Failure f) {
        return new Failure(
                cut(f.error()),
                cut(f.code()),
                f.symbol(),
                cut(f.category()),
                cut(f.channel()),
                cut(f.id()),
                f.fatal(),
                f.venue());
    }

    private static String cut(String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    /** The state of the feed. */
    String feed(FeedStatus feed) {
        ObjectNode message = message("status").put("status", "feed");
        message.setAll((ObjectNode) JSON.valueToTree(feed));
        return clean.apply(text(message));
    }

    /** The price of the last trade, for new subscribers. */
    String price(Trade last) {
        ObjectNode message = message("price");
        millis(message, "timestamp", last.timestampMicros());
        instrument(message, last.instrument());
        message.put("price", last.price()).put("id", last.id());
        if (last.receivedAt() > 0) {
            millis(message, "received_at", last.receivedAt());
        }
        message.put("synthetic", last.synthetic() || synthetic.getAsBoolean());
        return text(message);
    }

    /** A candle, open or closed. */
    String candle(Candle c) {
        ObjectNode message = message("candle");
        instrument(message, c.instrument()).put("timeframe", c.timeframe());
        millis(message, "start", c.startMicros());
        message.put("open", c.open()).put("high", c.high()).put("low", c.low()).put("close", c.close());
        message.put("volume", c.volume()).put("quote_volume", c.quoteVolume());
        message.put("delta", c.delta()).put("vwap", c.vwap());
        message.put("trades", c.trades()).put("closed", c.closed());
        message.put("synthetic", c.synthetic() || synthetic.getAsBoolean());
        return text(message);
    }

    /**
     * A state, read now.
     *
     * @param instrument null if it is that of the application
     * @param data JSON text
     */
    String state(String type, InstrumentId instrument, String data) {
        ObjectNode message = message(type).put("timestamp", System.currentTimeMillis());
        if (instrument != null) {
            instrument(message, instrument);
        }
        message.put("synthetic", synthetic.getAsBoolean());
        message.putRawValue("data", new RawValue(data));
        return text(message);
    }

    /** A signal and its outcome in paper trading. */
    String signal(SignalOutcome outcome) {
        Signal s = outcome.signal();
        ObjectNode message = message("signal");
        millis(message, "timestamp", s.timestampMicros());
        instrument(message.put("strategy", s.strategy()), s.instrument()).put("signal_type", s.signalType());
        number(message, "confidence", s.confidence());
        number(message, "price", s.price());
        number(message, "quantity", s.quantity());
        message.put("order_type", s.orderType()).set("metadata", JSON.valueToTree(s.metadata()));
        if (outcome.orderId() >= 0) {
            message.put("order", outcome.orderId());
        }
        if (outcome.refused() != null) {
            message.put("refused", outcome.refused());
        }
        message.put("paper", true);
        return text(message);
    }

    /** A stale book, not to be read until its next snapshot. */
    String stale(String channel, InstrumentId instrument, String reason) {
        ObjectNode message = message("status").put("status", "stale");
        instrument(message.put("channel", channel), instrument).put("reason", reason);
        return clean.apply(text(message));
    }

    /** Why a client does not continue where it left off. */
    String notResumed(String reason) {
        return text(message("status").put("status", "not_resumed").put("reason", reason));
    }

    /** A number of messages that were not delivered to this client. */
    String lost(String channel, InstrumentId instrument, long count) {
        ObjectNode message = message("lost").put("channel", channel);
        if (instrument != null) {
            instrument(message, instrument);
        }
        return text(message.put("count", count));
    }

    /** The response to a command, with the statuses of the connector protocol. */
    String answer(StreamCommand command) {
        ObjectNode message = message("status");
        message.put(
                "status",
                switch (command.name()) {
                    case StreamCommand.SUBSCRIBE -> Subscribed.STATUS;
                    case StreamCommand.UNSUBSCRIBE -> Unsubscribed.STATUS;
                    default -> Heartbeat.STATUS;
                });
        if (command.channel() != null) {
            message.put("channel", command.channel());
        }
        if (command.instrument() != null) {
            instrument(message, command.instrument());
        }
        return text(withId(message, command.id()));
    }

    /** A command that was rejected. */
    String refusal(String reason, JsonNode id) {
        return text(withId(message("error").put("error", reason).put("code", "command"), id));
    }

    private static ObjectNode withId(ObjectNode message, JsonNode id) {
        if (id != null) {
            message.set("id", id);
        }
        return message;
    }

    private static ObjectNode message(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    /** Adds {@code synthetic} to every message. */
    private String text(ObjectNode message) {
        if (!message.has("synthetic")) {
            message.put("synthetic", synthetic.getAsBoolean());
        }
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode instrument(ObjectNode message, InstrumentId instrument) {
        message.put("symbol", instrument.symbol());
        if (instrument.category() != null) {
            message.put("category", instrument.category());
        }
        if (venues && instrument.venue() != null) {
            message.put("venue", instrument.venue());
        }
        return message;
    }

    private static void number(ObjectNode message, String field, BigDecimal value) {
        if (value != null) {
            message.put(field, value);
        }
    }

    private static void millis(ObjectNode message, String field, long micros) {
        if (micros % 1_000 == 0) {
            message.put(field, micros / 1_000);
        } else {
            message.put(field, BigDecimal.valueOf(micros, 3));
        }
    }
}

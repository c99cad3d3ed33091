package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.TypedEvent;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes events as lines of the protocol; decimals keep all their digits.
 *
 * <p>Trades, depth and the types of {@link EventForms} are written directly into the buffer; rare types go through
 * Jackson. Usage: {@link #write}, read {@link #buffer} up to {@link #length}, then {@link #clear}. Not thread-safe.
 */
public final class EventWriter {

    private final JsonBuffer out = new JsonBuffer();
    private final Forms forms = new Forms();
    private final boolean receiptInMillis;
    private final boolean venues;

    /** Writes lines of the protocol, with {@code received_at} in microseconds. */
    public EventWriter() {
        this(false, false);
    }

    private EventWriter(boolean receiptInMillis, boolean venues) {
        this.receiptInMillis = receiptInMillis;
        this.venues = venues;
    }

    /** Writes events with all times in milliseconds; {@code received_at} has decimal places. */
    public static EventWriter inMillis() {
        return new EventWriter(true, false);
    }

    /** The same with the field {@code venue}, for readers of the events of several venues. */
    public EventWriter withVenues() {
        return new EventWriter(receiptInMillis, true);
    }

    /** Returns the event as JSON, without a line end. */
    public static String text(Event event) {
        EventWriter writer = new EventWriter();
        writer.write(event);
        return new String(writer.buffer(), 0, writer.length() - 1, StandardCharsets.UTF_8);
    }

    /** Appends the event as a line. */
    public EventWriter write(Event event) {
        object(event);
        out.raw('\n');
        return this;
    }

    private void object(Event event) {
        forms.visit(event);
    }

    /** How each kind of event is written. */
    private final class Forms implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            line(trade);
            return null;
        }

        @Override
        public Void depth(Depth depth) {
            line(depth, depth.bids(), depth.asks());
            return null;
        }

        @Override
        public Void market(MarketEvent event) {
            return typed(event);
        }

        @Override
        public Void account(AccountEvent event) {
            return typed(event);
        }

        @Override
        public Void history(HistoryEvent event) {
            object(event.event());
            out.unraw();
            out.ascii(",\"history\":true}");
            return null;
        }

        @Override
        public Void status(Status s) {
            Map<String, Object> line = rare(s);
            line.put("status", s.status());
            line.put("connector", s.connector());
            line.put("symbol", s.symbol());
            line.put("venue", venues ? s.venue() : null);
            line.put("channel", s.channel());
            line.put("id", s.id());
            line.put("reason", s.reason());
            s.details().forEach(line::putIfAbsent);
            return rare(s, line);
        }

        @Override
        public Void failure(Failure f) {
            Map<String, Object> line = rare(f);
            line.put("error", f.error());
            line.put("code", f.code());
            line.put("symbol", f.symbol());
            line.put("category", f.category());
            line.put("venue", venues ? f.venue() : null);
            line.put("channel", f.channel());
            line.put("id", f.id());
            line.put("fatal", f.fatal() ? true : null);
            return rare(f, line);
        }

        @Override
        public Void unknown(Unknown event) {
            Map<String, Object> line = rare(event);
            line.put("symbol", event.symbol());
            return rare(event, line);
        }
    }

    private Void typed(TypedEvent typed) {
        EventForms.of(typed.lineType()).write(out, typed, venues);
        tail(typed.receivedAt(), typed.synthetic());
        return null;
    }

    /** Appends a depth event as a line, with these levels instead of its own, which avoids a copy. */
    public EventWriter depth(Depth head, LevelList bids, LevelList asks) {
        line(head, bids, asks);
        out.raw('\n');
        return this;
    }

    /** Appends an already serialized line unchanged; it must not include a line end. */
    public EventWriter line(byte[] line, int offset, int length) {
        out.bytes(line, offset, length);
        out.raw('\n');
        return this;
    }

    /** Appends all lines of another writer. */
    public EventWriter append(EventWriter other) {
        out.bytes(other.out.array(), 0, other.out.length());
        return this;
    }

    /** The buffer with the lines written since {@link #clear}; valid up to {@link #length} and until the next call. */
    public byte[] buffer() {
        return out.array();
    }

    /** Number of valid bytes in {@link #buffer}. */
    public int length() {
        return out.length();
    }

    public void clear() {
        out.clear();
    }

    /** A copy of what was written since {@link #clear}. */
    public byte[] toBytes() {
        return out.toBytes();
    }

    private void line(Trade t) {
        out.ascii("{\"type\":\"trade\"");
        head(t.timestampMicros(), t.symbol(), t.category(), t.venue());
        out.ascii(",\"price\":").decimal(t.price());
        out.ascii(",\"qty\":").decimal(t.qty());
        out.ascii(
                t.side() == Side.BUY
                        ? ",\"side\":\"buy\",\"is_buyer_maker\":false,\"id\":"
                        : ",\"side\":\"sell\",\"is_buyer_maker\":true,\"id\":");
        out.string(t.id());
        if (t.seq() >= 0) {
            out.ascii(",\"seq\":").number(t.seq());
        }
        if (t.blockTrade()) {
            out.ascii(",\"block_trade\":true");
        }
        if (t.rpi()) {
            out.ascii(",\"rpi\":true");
        }
        if (t.repaired()) {
            out.ascii(",\"repaired\":true");
        }
        if (t.late()) {
            out.ascii(",\"late\":true");
        }
        tail(t.receivedAt(), t.synthetic());
    }

    private void line(Depth d, LevelList bids, LevelList asks) {
        out.ascii("{\"type\":\"depth\"");
        head(d.timestampMicros(), d.symbol(), d.category(), d.venue());
        out.ascii(d.snapshot() ? ",\"snapshot\":true,\"last_update_id\":" : ",\"snapshot\":false,\"last_update_id\":");
        out.number(d.lastUpdateId());
        if (d.prevUpdateId() >= 0) {
            out.ascii(",\"prev_update_id\":").number(d.prevUpdateId());
        }
        if (d.levels() > 0) {
            out.ascii(",\"levels\":").number(d.levels());
        }
        out.ascii(",\"bids\":");
        levels(bids);
        out.ascii(",\"asks\":");
        levels(asks);
        tail(d.receivedAt(), d.synthetic());
    }

    private void head(long timestampMicros, String symbol, String category, String venue) {
        out.ascii(",\"timestamp\":").millis(timestampMicros);
        if (symbol != null) {
            out.ascii(",\"symbol\":").string(symbol);
        }
        if (category != null) {
            out.ascii(",\"category\":").string(category);
        }
        if (venues && venue != null) {
            out.ascii(",\"venue\":").string(venue);
        }
    }

    private void tail(long receivedAt, boolean synthetic) {
        if (receivedAt > 0) {
            out.ascii(",\"received_at\":");
            if (receiptInMillis) {
                out.millis(receivedAt);
            } else {
                out.number(receivedAt);
            }
        }
        out.ascii(synthetic ? ",\"synthetic\":true}" : "}");
    }

    private void levels(LevelList levels) {
        out.raw('[');
        for (int i = 0, n = levels.size(); i < n; i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw('[');
            out.decimal(levels.priceUnscaled(i), levels.priceScale());
            out.raw(',');
            out.decimal(levels.qtyUnscaled(i), levels.qtyScale());
            out.raw(']');
        }
        out.raw(']');
    }

    private static Map<String, Object> rare(Event event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", event.type());
        return line;
    }

    private Void rare(Event event, Map<String, Object> line) {
        line.values().removeIf(value -> value == null);
        try {
            byte[] bytes = LineTree.MAPPER.writeValueAsBytes(line);
            out.bytes(bytes, 0, bytes.length);
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a field of " + event + " has no JSON form", e);
        }
    }
}

package dev.livefeed.app.sink;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;

/**
 * A line on its way to the buffers, with what is needed to report its loss.
 *
 * @param venue the venue of the event, or null
 * @param channel channel in the protocol, or the type if there is none
 * @param category product category, or null
 * @param symbol symbol, or null
 * @param timestampMicros exchange time in microseconds since 1970, or -1
 * @param line the line of the protocol without a line end
 */
record SinkEvent(String venue, String channel, String category, String symbol, long timestampMicros, byte[] line) {

    private static final long NO_TIME = -1;
    private static final int OVERHEAD = 200;

    static SinkEvent of(Event event, byte[] line) {
        return new Subjects(line).visit(event);
    }

    /** What it takes in memory, about. */
    int memory() {
        return line.length + OVERHEAD;
    }

    private record Subjects(byte[] line) implements EventVisitor<SinkEvent> {

        @Override
        public SinkEvent trade(Trade trade) {
            return new SinkEvent(
                    trade.venue(), "trades", trade.category(), trade.symbol(), trade.timestampMicros(), line);
        }

        @Override
        public SinkEvent depth(Depth depth) {
            return new SinkEvent(
                    depth.venue(),
                    depth.levels() > 0 ? "depth." + depth.levels() : "depth",
                    depth.category(),
                    depth.symbol(),
                    depth.timestampMicros(),
                    line);
        }

        @Override
        public SinkEvent market(MarketEvent event) {
            return new SinkEvent(
                    event.venue(), event.channel(), event.category(), event.symbol(), event.timestampMicros(), line);
        }

        @Override
        public SinkEvent account(AccountEvent event) {
            return new SinkEvent(
                    event.venue(), event.type(), event.category(), event.symbol(), event.timestampMicros(), line);
        }

        @Override
        public SinkEvent status(Status status) {
            return new SinkEvent(status.venue(), Status.TYPE, status.category(), status.symbol(), NO_TIME, line);
        }

        @Override
        public SinkEvent failure(Failure failure) {
            return new SinkEvent(failure.venue(), Failure.TYPE, failure.category(), failure.symbol(), NO_TIME, line);
        }

        @Override
        public SinkEvent history(HistoryEvent event) {
            return new SinkEvent(event.venue(), event.type(), null, event.symbol(), NO_TIME, line);
        }

        @Override
        public SinkEvent unknown(Unknown event) {
            return new SinkEvent(event.venue(), event.type(), null, event.symbol(), NO_TIME, line);
        }
    }
}

package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.HistoryException.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Collects the reply to one history command. The routes add to it; one thread waits for it. It holds at most as many
 * candles as were requested.
 */
final class HistoryAnswer {

    /** Codes with which an older connector rejects an unknown command. */
    private static final Set<String> UNKNOWN_COMMAND = Set.of(Failure.UNSUPPORTED, "bad-command");

    private final String id;
    private final String channel;
    private final InstrumentId instrument;
    private final long from;
    private final long to;
    private final int most;
    private final LongSupplier millis;
    private final List<Kline> candles = new ArrayList<>();
    /** Takes trades one by one; null if candles were requested. */
    private final Consumer<Trade> trades;

    private long received;
    private long lastSign;
    private HistoryDone done;
    private Failure failure;

    /**
     * Creates an empty reply.
     *
     * @param from start of the first candle, milliseconds since 1970
     * @param to end of the range, exclusive
     * @param most maximum number of candles in the range
     * @param millis monotonic clock, milliseconds
     */
    HistoryAnswer(
            String id, String channel, InstrumentId instrument, long from, long to, int most, LongSupplier millis) {
        this(id, channel, instrument, from, to, most, null, millis);
    }

    /** The reply to a request for trades, which are passed on and not kept. */
    static HistoryAnswer ofTrades(
            String id, InstrumentId instrument, long from, long to, Consumer<Trade> trades, LongSupplier millis) {
        return new HistoryAnswer(id, "trades", instrument, from, to, 0, trades, millis);
    }

    private HistoryAnswer(
            String id,
            String channel,
            InstrumentId instrument,
            long from,
            long to,
            int most,
            Consumer<Trade> trades,
            LongSupplier millis) {
        this.trades = trades;
        this.id = id;
        this.channel = channel;
        this.instrument = instrument;
        this.from = from;
        this.to = to;
        this.most = most;
        this.millis = millis;
        this.lastSign = millis.getAsLong();
    }

    synchronized void event(HistoryEvent past) {
        if (past.event() instanceof Kline candle
                && candle.closed()
                && candle.channel().equals(channel)
                && candle.instrument().equals(instrument)
                && candle.startMicros() >= from * 1_000
                && candle.startMicros() < to * 1_000
                && candles.size() < most) {
            sign();
            received++;
            candles.add(candle);
        }
        if (trades != null
                && past.event() instanceof Trade trade
                && trade.instrument().equals(instrument)
                && trade.timestampMicros() >= from * 1_000
                && trade.timestampMicros() <= to * 1_000) {
            sign();
            received++;
            trades.accept(trade);
        }
    }

    /** The connector is working on the request. */
    synchronized void sign() {
        lastSign = millis.getAsLong();
    }

    synchronized void done(HistoryDone closing) {
        if (done == null && id.equals(closing.id())) {
            done = closing;
            notifyAll();
        }
    }

    synchronized void failure(Failure refused) {
        if (failure == null && id.equals(refused.id())) {
            failure = refused;
            notifyAll();
        }
    }

    /** Waits for the end of the reply, at most for the given time; returns whether it has ended. */
    synchronized boolean await(long atMost) throws InterruptedException {
        if (done == null && failure == null) {
            wait(atMost);
        }
        return done != null || failure != null;
    }

    /** Milliseconds since the connector last showed activity for this request. */
    synchronized long silence() {
        return millis.getAsLong() - lastSign;
    }

    /**
     * The received candles, none if trades were requested; called after {@link #await}.
     *
     * @throws HistoryException if the request was refused
     */
    synchronized List<Kline> candles() throws HistoryException {
        if (failure != null) {
            boolean unsupported = failure.code() != null && UNKNOWN_COMMAND.contains(failure.code());
            throw new HistoryException(unsupported ? Kind.UNSUPPORTED : Kind.FAILED, failure.error());
        }
        return candles;
    }

    /** Up to when the reply goes, milliseconds since 1970; the end of the range if the connector does not say. */
    synchronized long reached() {
        return done.to() == null ? to : Math.min(to, done.to().toEpochMilli());
    }

    /** Why the reply is incomplete, or null if it is complete. */
    synchronized String missing() {
        if (!done.nothingMissing()) {
            return done.reason() == null ? "the connector reports an incomplete reply" : done.reason();
        }
        boolean lost = received == 0 && done.count() != null && done.count() > 0;
        return lost
                ? "past events were sent, but no route delivered them: check direct:history in routes/events.camel.yaml"
                : null;
    }
}

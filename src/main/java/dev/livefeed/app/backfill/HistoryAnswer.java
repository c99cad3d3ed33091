package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.HistoryException.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.status.HistoryDone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The candles of one history command, as they come. The routes write, one thread waits. Holds at most as many candles
 * as were asked for.
 */
final class HistoryAnswer {

    /** An older connector says so of a command that it does not know. */
    private static final Set<String> UNKNOWN_COMMAND = Set.of(Failure.UNSUPPORTED, "bad-command");

    private final String id;
    private final String channel;
    private final InstrumentId instrument;
    private final long from;
    private final long to;
    private final int most;
    private final LongSupplier millis;
    private final List<Kline> candles = new ArrayList<>();
    private long lastSign;
    private HistoryDone done;
    private Failure failure;

    /**
     * @param from start of the first candle, milliseconds since 1970
     * @param to not part of it
     * @param most candles that fit between
     * @param millis a clock that never goes back, milliseconds
     */
    HistoryAnswer(
            String id, String channel, InstrumentId instrument, long from, long to, int most, LongSupplier millis) {
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
            candles.add(candle);
        }
    }

    /** The connector shows that it is at work. */
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

    /** Waits for the end of the answer, so long at most; whether it has come. */
    synchronized boolean await(long atMost) throws InterruptedException {
        if (done == null && failure == null) {
            wait(atMost);
        }
        return done != null || failure != null;
    }

    /** For how long the connector has shown nothing of it, in milliseconds. */
    synchronized long silence() {
        return millis.getAsLong() - lastSign;
    }

    /**
     * What has come; to be called behind {@link #await}.
     *
     * @throws HistoryException where it was refused
     */
    synchronized List<Kline> candles() throws HistoryException {
        if (failure != null) {
            boolean unsupported = failure.code() != null && UNKNOWN_COMMAND.contains(failure.code());
            throw new HistoryException(unsupported ? Kind.UNSUPPORTED : Kind.FAILED, failure.error());
        }
        return candles;
    }

    /** Why something of it is missing, or null where nothing is. */
    synchronized String missing() {
        if (!done.nothingMissing()) {
            return done.reason() == null ? "the connector says that it is not complete" : done.reason();
        }
        boolean lost = candles.isEmpty() && done.count() != null && done.count() > 0;
        return lost
                ? "candles came, and no route brought them here: see routes/events.camel.yaml, direct:history"
                : null;
    }
}

package dev.livefeed.app;

import dev.livefeed.app.market.ListingState;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases what is kept of an instrument that has ended. One with a paper position or an open order is kept until that
 * is closed; so is one that is no longer wanted. What comes of it later, such as a trade that was fetched, is passed on
 * and released again with the next heartbeat. The step of the status route. Thread-safe.
 */
public final class InstrumentRelease {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentRelease.class);
    private static final int MOST = 20_000;
    /** From this release of an instrument on, its data goes on although it has ended. */
    private static final int REPEATED = 4;

    private static final long WARN_EACH_MILLIS = 60_000;

    private final Instruments instruments;
    private final Predicate<InstrumentId> inUse;
    private final Predicate<InstrumentId> keptAgain;
    private final List<Consumer<InstrumentId>> owners;
    private final Consumer<InstrumentId> store;
    private final Set<InstrumentId> waiting = new LinkedHashSet<>();
    /** How often those that have ended were released; the oldest are forgotten. */
    private final Map<InstrumentId, Integer> released = new LinkedHashMap<>();

    private final Ends statuses = new Ends();
    private final LongSupplier millis;
    private long warnedAt = Long.MIN_VALUE / 2;
    private long repeated;

    /**
     * @param inUse whether the instrument has a paper position or an open order
     * @param keptAgain whether anything is kept of an instrument that has ended and is not subscribed again
     * @param owners release what they keep of an instrument in memory
     * @param store deletes what is saved of it
     * @param millis monotonic clock, milliseconds
     */
    InstrumentRelease(
            Instruments instruments,
            Predicate<InstrumentId> inUse,
            Predicate<InstrumentId> keptAgain,
            List<Consumer<InstrumentId>> owners,
            Consumer<InstrumentId> store,
            LongSupplier millis) {
        this.instruments = instruments;
        this.inUse = inUse;
        this.keptAgain = keptAgain;
        this.owners = List.copyOf(owners);
        this.store = store;
        this.millis = millis;
    }

    /** Releases an instrument that is no longer wanted, now or when it is no longer in use. */
    synchronized void removed(InstrumentId instrument) {
        if (!release(instrument) && waiting.size() < MOST) {
            waiting.add(instrument);
        }
    }

    /** Releases an instrument that was not added after all; what was saved of it before remains. */
    synchronized void notAdded(InstrumentId instrument) {
        owners.forEach(owner -> owner.accept(instrument));
    }

    /** Keeps what comes of an instrument that is wanted again. */
    synchronized void added(InstrumentId instrument) {
        waiting.remove(instrument);
        released.remove(instrument);
    }

    /** Called before the other steps of the status route. */
    public synchronized void status(Status status) {
        status.accept(statuses);
    }

    private final class Ends implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void instrumentEnded(InstrumentEnded status) {
            if (status.symbol() != null && waiting.size() < MOST) {
                waiting.add(instruments.of(status));
            }
            waiting.removeIf(InstrumentRelease.this::release);
            return null;
        }

        @Override
        public Void subscribed(Subscribed status) {
            return livesAgain(status);
        }

        @Override
        public Void instrumentInfo(InstrumentInfo status) {
            return ListingState.listedAgain(status) ? livesAgain(status) : null;
        }

        @Override
        public Void heartbeat(Heartbeat status) {
            waiting.removeIf(InstrumentRelease.this::release);
            released.keySet().stream().filter(keptAgain).toList().forEach(InstrumentRelease.this::release);
            return null;
        }
    }

    private Void livesAgain(Status status) {
        if (status.symbol() != null && !(waiting.isEmpty() && released.isEmpty())) {
            InstrumentId instrument = instruments.of(status);
            waiting.remove(instrument);
            released.remove(instrument);
        }
        return null;
    }

    private boolean release(InstrumentId instrument) {
        if (inUse.test(instrument)) {
            return false;
        }
        owners.forEach(owner -> owner.accept(instrument));
        store.accept(instrument);
        int times = released.merge(instrument, 1, Integer::sum);
        if (times == 1) {
            LOG.info("instrument_released symbol={}", instrument.market());
        } else {
            releasedAgain(instrument, times);
        }
        if (released.size() > MOST) {
            released.remove(released.keySet().iterator().next());
        }
        return true;
    }

    /** A trade that was fetched after the end is normal; data that goes on is not. */
    private void releasedAgain(InstrumentId instrument, int times) {
        LOG.debug("instrument_released_again symbol={}", instrument.market());
        if (times < REPEATED) {
            return;
        }
        repeated++;
        if (millis.getAsLong() - warnedAt >= WARN_EACH_MILLIS) {
            LOG.warn(
                    "ended_instrument_has_data symbol={} times={} all={}: its data still comes although the connector"
                            + " reported that it has ended; each time it is released again, and requests for it are"
                            + " answered with its end",
                    instrument.market(),
                    times,
                    repeated);
            warnedAt = millis.getAsLong();
            repeated = 0;
        }
    }
}

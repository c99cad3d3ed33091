package dev.livefeed.app;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases what is kept of an instrument that has ended. One with a paper position or an open order is kept until that
 * is closed. What comes of it later, such as a trade that was fetched, is passed on and released again with the next
 * heartbeat. Called by the feed's thread only.
 */
final class InstrumentRelease {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentRelease.class);
    private static final int MOST = 20_000;

    private final Instruments instruments;
    private final Predicate<InstrumentId> inUse;
    private final Predicate<InstrumentId> keptAgain;
    private final List<Consumer<InstrumentId>> owners;
    private final Set<InstrumentId> waiting = new LinkedHashSet<>();
    /** Those that have been released; the oldest are forgotten. */
    private final Set<InstrumentId> released = new LinkedHashSet<>();

    /**
     * @param inUse whether the instrument has a paper position or an open order
     * @param keptAgain whether anything is kept of an instrument that has ended and is not subscribed again
     * @param owners release what they keep of an instrument
     */
    InstrumentRelease(
            Instruments instruments,
            Predicate<InstrumentId> inUse,
            Predicate<InstrumentId> keptAgain,
            List<Consumer<InstrumentId>> owners) {
        this.instruments = instruments;
        this.inUse = inUse;
        this.keptAgain = keptAgain;
        this.owners = List.copyOf(owners);
    }

    /** Called before the routes process the status. */
    void status(Status status) {
        if (status.symbol() != null && status instanceof InstrumentEnded && waiting.size() < MOST) {
            waiting.add(instruments.of(status.symbol(), status.category()));
        } else if (status.symbol() != null && livesAgain(status) && !(waiting.isEmpty() && released.isEmpty())) {
            InstrumentId instrument = instruments.of(status.symbol(), status.category());
            waiting.remove(instrument);
            released.remove(instrument);
        }
        if (status instanceof InstrumentEnded || status instanceof Heartbeat) {
            waiting.removeIf(this::release);
        }
        if (status instanceof Heartbeat) {
            released.stream().filter(keptAgain).toList().forEach(this::release);
        }
    }

    private static boolean livesAgain(Status status) {
        return status instanceof Subscribed
                || status instanceof InstrumentInfo info && TradingPhase.of(info.phase()) != TradingPhase.CLOSED;
    }

    private boolean release(InstrumentId instrument) {
        if (inUse.test(instrument)) {
            return false;
        }
        owners.forEach(owner -> owner.accept(instrument));
        boolean again = !released.add(instrument);
        if (again) {
            LOG.debug("instrument_released_again symbol={}", instrument);
        } else {
            LOG.info("instrument_released symbol={}", instrument);
        }
        if (released.size() > MOST) {
            released.remove(released.iterator().next());
        }
        return true;
    }
}

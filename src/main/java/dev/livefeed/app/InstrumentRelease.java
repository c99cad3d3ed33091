package dev.livefeed.app;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Status;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases what is kept of an instrument that has ended. One with a paper position or an open order is kept until that
 * is closed. Called by the feed's thread only.
 */
final class InstrumentRelease {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentRelease.class);
    private static final int MOST = 20_000;

    private final Instruments instruments;
    private final Predicate<InstrumentId> inUse;
    private final List<Consumer<InstrumentId>> owners;
    private final Set<InstrumentId> waiting = new LinkedHashSet<>();

    /**
     * @param inUse whether the instrument has a paper position or an open order
     * @param owners release what they keep of an instrument
     */
    InstrumentRelease(Instruments instruments, Predicate<InstrumentId> inUse, List<Consumer<InstrumentId>> owners) {
        this.instruments = instruments;
        this.inUse = inUse;
        this.owners = List.copyOf(owners);
    }

    /** Called before the routes process the status. */
    void status(Status status) {
        if (status.symbol() != null && status instanceof InstrumentEnded && waiting.size() < MOST) {
            waiting.add(instruments.of(status.symbol(), status.category()));
        } else if (!waiting.isEmpty()
                && status.symbol() != null
                && status instanceof InstrumentInfo info
                && TradingPhase.of(info.phase()) != TradingPhase.CLOSED) {
            waiting.remove(instruments.of(status.symbol(), status.category()));
        }
        if (!waiting.isEmpty() && (status instanceof InstrumentEnded || status instanceof Heartbeat)) {
            waiting.removeIf(this::released);
        }
    }

    private boolean released(InstrumentId instrument) {
        if (inUse.test(instrument)) {
            return false;
        }
        owners.forEach(owner -> owner.accept(instrument));
        LOG.info("instrument_released symbol={}", instrument);
        return true;
    }
}

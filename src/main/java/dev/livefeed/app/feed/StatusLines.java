package dev.livefeed.app.feed;

import dev.livefeed.logging.LineBudget;
import dev.livefeed.logging.LogLimits;
import dev.livefeed.protocol.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/**
 * The line of each status in the log. Its name is part of the format, because the log's rate limit applies per format.
 */
final class StatusLines {

    private final int perSecond;
    private final LongSupplier nanos;
    private final List<LineBudget> budgets = new ArrayList<>();
    private final LineBudget others;
    final Line connected;
    final Line disconnected;
    final Line stopped;
    final Line subscribed;
    final Line unsubscribed;
    final Line resyncing;
    final Line synced;
    final Line repaired;
    final Line gap;
    final Line degraded;
    final Line privateDisconnected;
    final Line maintenance;
    final Line delisting;
    final Line instrument;
    final Line troubled;
    final Line limit;
    final Line exhausted;
    final Line replay;

    StatusLines(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        others = shared();
        budgets.add(others);
        connected = own(Level.INFO, "connector_connected {}");
        disconnected = own(Level.WARN, "connector_disconnected {}");
        stopped = disconnected.at(Level.INFO);
        subscribed = own(Level.INFO, "connector_status subscribed {}");
        unsubscribed = own(Level.INFO, "connector_status unsubscribed {}");
        resyncing = own(Level.INFO, "connector_status resyncing {}");
        synced = own(Level.INFO, "connector_status synced {}");
        repaired = own(Level.INFO, "connector_status repaired {}");
        gap = own(Level.WARN, "connector_gap {}");
        degraded = own(Level.WARN, "connector_degraded {}");
        privateDisconnected = own(Level.WARN, "connector_private_disconnected {}");
        maintenance = own(Level.WARN, "exchange_maintenance {}");
        delisting = own(Level.WARN, "instrument_delisting {}");
        instrument = own(Level.DEBUG, "instrument {}");
        troubled = instrument.at(Level.WARN);
        limit = new Line(Level.WARN, "connector_limit {}", others);
        replay = own(Level.INFO, "replay_state {}");
        exhausted = new Line(Level.DEBUG, "connector_exhausted {}", others);
    }

    /** Of a status with a budget of its own, so that a flood of another does not suppress it. */
    private Line own(Level level, String format) {
        LineBudget budget = new LineBudget(perSecond, LogLimits.STATES_AT_ONCE, nanos);
        budgets.add(budget);
        return new Line(level, format, budget);
    }

    Line other(Status status) {
        return new Line(Level.INFO, "connector_status {}", others, status.status());
    }

    LineBudget shared() {
        return new LineBudget(perSecond, Math.max(1, perSecond * LogLimits.BURST_SECONDS), nanos);
    }

    long due() {
        return budgets.stream().mapToLong(LineBudget::due).sum();
    }

    /**
     * The line of a status.
     *
     * @param name of a status that is not known, or null
     */
    record Line(Level level, String format, LineBudget budget, String name) {

        Line(Level level, String format, LineBudget budget) {
            this(level, format, budget, null);
        }

        Line at(Level other) {
            return new Line(other, format, budget);
        }

        void log(String text) {
            StatusLog.LOG.atLevel(level).log(format, name == null ? text : name + ' ' + text);
        }
    }
}

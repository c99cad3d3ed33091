package dev.livefeed.connector.feed.start;

import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.SessionTimeouts;
import java.time.Duration;

/** Reads the settings of timeouts and intervals, which have the same names for all venues. */
public final class TimeoutSettings {

    private TimeoutSettings() {}

    /**
     * Reads them; faults go to {@code settings}.
     *
     * @param otherwise the venue's defaults
     * @param snapshot timeout for a book's snapshot
     * @param silence limits for single streams
     */
    public static Timeouts read(
            ConnectorSettings settings, Timeouts otherwise, Duration snapshot, Timeouts.Silence silence) {
        Timeouts.Repair repair = otherwise.repair();
        Timeouts.InstrumentRequests instruments = otherwise.instruments();
        return new Timeouts(
                session(settings, otherwise.session()),
                settings.millis("ack_timeout_ms", otherwise.ack()),
                snapshot,
                settings.millis("rest_timeout_ms", otherwise.rest()),
                new Timeouts.Repair(settings.millis("repair_timeout_ms", repair.limit()), (int)
                        settings.number("held_trades", null, repair.heldTrades(), 1, 1_000_000)),
                silence,
                new Timeouts.InstrumentRequests(
                        settings.millis("instruments_interval_ms", instruments.interval()),
                        settings.millisOrNone("instruments_wait_ms", instruments.firstWait())),
                settings.millis("clock_interval_ms", otherwise.clock()));
    }

    private static SessionTimeouts session(ConnectorSettings settings, SessionTimeouts otherwise) {
        SessionTimeouts session = new SessionTimeouts(
                settings.millis("open_timeout_ms", otherwise.open()),
                settings.millis("ping_interval_ms", otherwise.ping()),
                settings.millis("pong_timeout_ms", otherwise.pong()),
                settings.millis("silence_ms", otherwise.silence()),
                settings.millisOrNone("data_silence_ms", otherwise.dataSilence()),
                settings.millis("reconnect_first_ms", otherwise.reconnectFirst()),
                settings.millis("reconnect_longest_ms", otherwise.reconnectLongest()),
                settings.millisOrNone("recycle_after_ms", otherwise.recycle()));
        if (session.reconnectLongest().compareTo(session.reconnectFirst()) < 0) {
            settings.fault("reconnect_longest_ms", null, "must not be less than reconnect_first_ms");
        }
        return session;
    }
}

package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.feed.VenueClock;
import dev.livefeed.connector.sdk.output.Outbox;

/** Tracks up to when all rows were received, and announces missed rows once no more are being missed. */
final class MissedRows {

    private final Outbox outbox;
    private final VenueClock clock;
    private final AccountStatus status;
    private final AccountFigures figures;
    /** Venue's time up to which every row was received: that of the last row or pong, or of the start. */
    private long receivedMicros;
    /** The same time if a row was missed since; 0 if none was. */
    private long missingSince;

    private String reason;

    MissedRows(Outbox outbox, VenueClock clock, AccountStatus status, AccountFigures figures) {
        this.outbox = outbox;
        this.clock = clock;
        this.status = status;
        this.figures = figures;
    }

    /** Rows are received from now on. */
    void begin() {
        receivedMicros = clock.micros();
    }

    /** All rows up to that time of the venue were received. */
    void received(long micros) {
        receivedMicros = Math.max(receivedMicros, Math.min(micros, clock.micros()));
    }

    void missing(String why) {
        if (missingSince == 0) {
            missingSince = receivedMicros;
            reason = why;
        }
    }

    /** Announces missed rows if the outbox has room. */
    void announce() {
        if (missingSince != 0 && !outbox.full()) {
            figures.gaps++;
            status.gap(missingSince, clock.micros(), reason + "; missed rows of the account cannot be fetched");
            missingSince = 0;
        }
    }
}

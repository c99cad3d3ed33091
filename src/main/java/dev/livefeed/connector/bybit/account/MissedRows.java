package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.sdk.output.Outbox;

/** Knows up to when every row was heard, and says what was missed as soon as nothing is missed any more. */
final class MissedRows {

    private final Outbox outbox;
    private final VenueClock clock;
    private final AccountStatus status;
    private final AccountFigures figures;
    /**
     * Up to which time of the venue every row was heard, by its own word: that of a row, a pong, or of the beginning.
     */
    private long heardMicros;
    /** The same where a row was missed since; 0 where none was. */
    private long missingSince;

    private String reason;

    MissedRows(Outbox outbox, VenueClock clock, AccountStatus status, AccountFigures figures) {
        this.outbox = outbox;
        this.clock = clock;
        this.status = status;
        this.figures = figures;
    }

    /** From now on rows are heard. */
    void begin() {
        heardMicros = clock.micros();
    }

    /** Every row up to that time of the venue was heard. */
    void heard(long micros) {
        heardMicros = Math.max(heardMicros, Math.min(micros, clock.micros()));
    }

    void missing(String why) {
        if (missingSince == 0) {
            missingSince = heardMicros;
            reason = why;
        }
    }

    /** Says what was missed, where there is room to say it. */
    void announce() {
        if (missingSince != 0 && !outbox.full()) {
            figures.gaps++;
            status.gap(missingSince, clock.micros(), reason + "; rows of the account between cannot be had again");
            missingSince = 0;
        }
    }
}

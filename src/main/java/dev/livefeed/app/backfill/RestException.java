package dev.livefeed.app.backfill;

import java.time.Duration;

/** A request that the exchange did not answer as asked; the message is one line for people. */
final class RestException extends Exception {

    /** What can be done about it. */
    enum Kind {
        /** May pass: try again. */
        PASSING,
        /** The exchange does not serve us, or not for long: nothing more is to be asked. */
        BLOCKED,
        /** The request itself is wrong: trying again gives the same. */
        REFUSED
    }

    private final Kind kind;
    private final Duration notBefore;

    /** @param notBefore how long the exchange wants to be left alone, or null where it does not say */
    RestException(Kind kind, String message, Duration notBefore) {
        super(message);
        this.kind = kind;
        this.notBefore = notBefore;
    }

    Kind kind() {
        return kind;
    }

    Duration notBefore() {
        return notBefore;
    }
}

package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;

/**
 * Reports the state of the private stream with statuses of the channel {@value #CHANNEL}, each change once. The public
 * streams' {@code connected} and {@code disconnected} are not used.
 */
final class AccountStatus {

    /** Channel of all statuses about the private stream as a whole. */
    static final String CHANNEL = "account";

    private final Outbox outbox;
    private final Credentials credentials;

    /** @param credentials removed from every text; may be null */
    AccountStatus(Outbox outbox, Credentials credentials) {
        this.outbox = outbox;
        this.credentials = credentials;
    }

    /** Returns a text of the venue without secrets. */
    String clean(String text) {
        return credentials == null ? text : credentials.redact(text);
    }

    void report(Status status) {
        outbox.status(status);
    }

    /** Head of a status about the private stream as a whole. */
    Head head(String reason) {
        return Head.of(outbox.connector(), null, CHANNEL, clean(reason));
    }

    /** Announces rows that were missed. */
    void gap(long fromMicros, long toMicros, String reason) {
        report(new Gap(
                head(reason), null, Times.instant(fromMicros), Times.instant(Math.max(fromMicros, toMicros)), null));
    }
}

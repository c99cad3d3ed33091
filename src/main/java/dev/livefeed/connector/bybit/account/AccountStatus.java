package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;

/**
 * Says how the private side is, each change once, as statuses of the channel {@value #CHANNEL}: the public side's
 * {@code connected} and {@code disconnected} are never touched.
 */
final class AccountStatus {

    /** Of all statuses about the private side as a whole. */
    static final String CHANNEL = "account";

    private final Outbox outbox;
    private final Credentials credentials;

    /** @param credentials to be kept out of every text, or null */
    AccountStatus(Outbox outbox, Credentials credentials) {
        this.outbox = outbox;
        this.credentials = credentials;
    }

    /** A text of the venue that may be shown. */
    String clean(String text) {
        return credentials == null ? text : credentials.redact(text);
    }

    void say(Status status) {
        outbox.status(status);
    }

    /** Of a status about the private side as a whole. */
    Head head(String reason) {
        return Head.of(outbox.connector(), null, CHANNEL, clean(reason));
    }

    /** Rows that were told while nobody heard them. */
    void gap(long fromMicros, long toMicros, String reason) {
        say(new Gap(head(reason), null, Times.instant(fromMicros), Times.instant(toMicros), null));
    }
}

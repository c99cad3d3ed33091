package dev.livefeed.app.feed;

import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How the connector's access to the user's own account is, by its own word. It says nothing of the market data, and
 * nothing of it keeps the feed from being ready. One thread writes, any thread reads.
 */
public final class AccountState {

    /** Channel of all statuses about the account as a whole. */
    static final String CHANNEL = "account";

    private static final View UNKNOWN = new View(State.NONE, null, null, null, null);

    private final Supplier<Instant> clock;
    private final AtomicLong gaps = new AtomicLong();
    private volatile View view = UNKNOWN;

    /** The states there are. */
    public enum State {
        /** No keys, or a connector that knows of none. */
        NONE,
        AUTHENTICATING,
        AUTHENTICATED,
        /** The keys are refused: public data only. */
        DEGRADED,
        DISCONNECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The state and what belongs to it.
     *
     * @param code the exchange's code, or null
     * @param reason for people, or null
     * @param advice what to do, or null
     * @param since when it began, null while there is nothing to tell
     */
    public record View(State state, String code, String reason, String advice, Instant since) {}

    /** @param clock wall time */
    AccountState(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** The state now. */
    public View view() {
        return view;
    }

    /** How often rows of the account were missed. */
    public long gaps() {
        return gaps.get();
    }

    /** A process has been started: nothing is known of it yet. */
    void started() {
        view = UNKNOWN;
    }

    /** The process is gone, and the stream with it where there was one. */
    void ended() {
        if (view.state() != State.NONE) {
            change(State.DISCONNECTED, null, "the connector process ended", null);
        }
    }

    /** Takes the statuses about the account; others change nothing. */
    void status(Status status) {
        if (!CHANNEL.equals(status.channel())) {
            return;
        }
        switch (status.status()) {
            case Status.AUTHENTICATING -> change(State.AUTHENTICATING, status);
            case Status.AUTHENTICATED -> change(State.AUTHENTICATED, status);
            case Status.DEGRADED -> change(State.DEGRADED, status);
            case Status.PRIVATE_DISCONNECTED -> change(State.DISCONNECTED, status);
            case Status.GAP -> gaps.incrementAndGet();
            default -> {
                // Shown in the log, without a meaning for the state.
            }
        }
    }

    private void change(State state, Status status) {
        change(state, text(status, "code"), status.reason(), text(status, "advice"));
    }

    private void change(State state, String code, String reason, String advice) {
        Instant since = view.state() == state ? view.since() : clock.get();
        view = new View(state, code, reason, advice, since);
    }

    private static String text(Status status, String field) {
        Object value = status.details().get(field);
        return value == null ? null : value.toString();
    }
}

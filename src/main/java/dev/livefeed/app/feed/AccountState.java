package dev.livefeed.app.feed;

import dev.livefeed.protocol.status.AccountStatus.Authenticated;
import dev.livefeed.protocol.status.AccountStatus.Authenticating;
import dev.livefeed.protocol.status.AccountStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
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
    private final AccountStatuses statuses = new AccountStatuses();
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
        status.accept(statuses);
    }

    private final class AccountStatuses implements StatusVisitor<Void> {

        @Override
        public Void other(Status status) {
            return null; // Shown in the log, without a meaning for the state.
        }

        @Override
        public Void authenticating(Authenticating status) {
            return change(State.AUTHENTICATING, null, status.reason(), null);
        }

        @Override
        public Void authenticated(Authenticated status) {
            return change(State.AUTHENTICATED, null, status.reason(), null);
        }

        @Override
        public Void degraded(Degraded status) {
            return change(State.DEGRADED, status.code(), status.reason(), status.advice());
        }

        @Override
        public Void privateDisconnected(PrivateDisconnected status) {
            return change(State.DISCONNECTED, null, status.reason(), null);
        }

        @Override
        public Void gap(Gap status) {
            gaps.incrementAndGet();
            return null;
        }
    }

    private Void change(State state, String code, String reason, String advice) {
        Instant since = view.state() == state ? view.since() : clock.get();
        view = new View(state, code, reason, advice, since);
        return null;
    }
}

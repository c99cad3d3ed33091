package dev.livefeed.app.feed;

import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * State of the connector's access to the user's account, as the connector reports it. It is separate from the market
 * data and does not affect readiness. One writer thread, any reader threads.
 */
public final class AccountState {

    /** Channel of all statuses about the account as a whole. */
    static final String CHANNEL = "account";

    private static final View UNKNOWN = new View(State.NONE, null, null, null, null);

    private final Supplier<Instant> clock;
    private final AtomicLong gaps = new AtomicLong();
    private final AccountStatuses statuses = new AccountStatuses();
    private volatile View view = UNKNOWN;

    public enum State {
        /** No keys are set, or the connector does not support them. */
        NONE,
        AUTHENTICATING,
        AUTHENTICATED,
        /** The keys are refused; only public data is available. */
        DEGRADED,
        DISCONNECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The state with its details.
     *
     * @param code the exchange's code, or null
     * @param reason readable reason, or null
     * @param advice what to do, or null
     * @param since start of this state, or null if nothing was reported yet
     */
    public record View(State state, String code, String reason, String advice, Instant since) {}

    /** @param clock wall time */
    AccountState(Supplier<Instant> clock) {
        this.clock = clock;
    }

    public View view() {
        return view;
    }

    /** Number of reported gaps in the account's rows. */
    public long gaps() {
        return gaps.get();
    }

    /** Called when a process is started; its account state is not known yet. */
    void started() {
        view = UNKNOWN;
    }

    /** Called when the process has ended, and with it a connected private stream. */
    void ended() {
        if (view.state() != State.NONE) {
            change(State.DISCONNECTED, null, "the connector process ended", null);
        }
    }

    /** Handles statuses about the account and ignores all others. */
    void status(Status status) {
        if (!CHANNEL.equals(status.channel())) {
            return;
        }
        status.accept(statuses);
    }

    private final class AccountStatuses implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null; // logged only; does not change the state
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

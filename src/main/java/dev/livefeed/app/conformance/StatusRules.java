package dev.livefeed.app.conformance;

import dev.livefeed.app.conformance.SentCommands.Answer;
import dev.livefeed.naming.SettingNames;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.ReplayStatus.RecordingEnded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.UnknownStatus;
import dev.livefeed.protocol.status.Unsubscribed;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;

/** Statuses: connections, heartbeats, and answers to commands. Not thread-safe. */
final class StatusRules {

    /** The statuses that change something: a misspelt one is only shown. */
    private static final SettingNames WORDS = new SettingNames(Stream.of(
                    ConnectionUp.STATUS,
                    ConnectionDown.STATUS,
                    Subscribed.STATUS,
                    Unsubscribed.STATUS,
                    Resyncing.STATUS,
                    Synced.STATUS,
                    Repaired.STATUS,
                    Gap.STATUS,
                    Heartbeat.STATUS,
                    HistoryDone.STATUS,
                    InstrumentInfo.STATUS,
                    InstrumentEnded.STATUS)
            .toList());

    private final RuleFindings findings;
    private final SentCommands replies;
    private final EventRules events;
    private final Change change = new Change();
    private byte[] line;
    private boolean connected;
    private boolean replay;
    private boolean ended;
    private long heartbeats;
    private long heartbeatAt;
    private long longestNanos;
    private boolean historyWorks;

    StatusRules(RuleFindings findings, SentCommands replies, EventRules events) {
        this.findings = findings;
        this.replies = replies;
        this.events = events;
    }

    void status(Status status, byte[] text) {
        line = text;
        status.accept(change);
    }

    void failure(Failure failure, byte[] text) {
        replies.answered(
                new Answer(
                        failure.id(),
                        Failure.TYPE,
                        failure.channel(),
                        failure.symbol(),
                        failure.code(),
                        failure.error()),
                text);
    }

    /** Whether a connection to the exchange has been reported. */
    boolean connected() {
        return connected;
    }

    /** Whether a recording is played, whose times are not those of now. */
    boolean replay() {
        return replay;
    }

    /** Whether there is nothing more to send. */
    boolean ended() {
        return ended;
    }

    long heartbeats() {
        return heartbeats;
    }

    /** Number of unanswered history commands by the last heartbeat. */
    boolean historyWorks() {
        return historyWorks;
    }

    /** The longest time without a heartbeat, including the one that has not ended, in milliseconds. */
    long heartbeatMillis() {
        return Math.max(longestNanos, heartbeats == 0 ? 0 : System.nanoTime() - heartbeatAt) / 1_000_000;
    }

    /** Time in which stdout was not read does not count. */
    void resumed() {
        heartbeatAt = System.nanoTime();
    }

    /** What each status changes. */
    private final class Change implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void connectionUp(ConnectionUp status) {
            connected = true;
            replay |= status.replay();
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            Long open = status.connection() == null ? null : status.connection().open();
            if (open == null || open == 0) {
                events.books().disconnected();
            }
            return null;
        }

        @Override
        public Void recordingEnded(RecordingEnded status) {
            ended = true;
            return null;
        }

        @Override
        public Void heartbeat(Heartbeat status) {
            long now = System.nanoTime();
            if (heartbeats > 0) {
                longestNanos = Math.max(longestNanos, now - heartbeatAt);
            }
            heartbeats++;
            heartbeatAt = now;
            historyWorks = status.history().working();
            return answer(status);
        }

        @Override
        public Void subscribed(Subscribed status) {
            time(status.since(), "since", status.extras());
            return answer(status);
        }

        @Override
        public Void unsubscribed(Unsubscribed status) {
            events.wanted().unsubscribed(status.id());
            return answer(status);
        }

        @Override
        public Void resyncing(Resyncing status) {
            events.books().resyncing(status);
            return answer(status);
        }

        @Override
        public Void gap(Gap status) {
            time(status.from(), "from", status.extras());
            time(status.to(), "to", status.extras());
            if (status.symbol() != null) {
                events.trades().gap(status.symbol());
            }
            return null;
        }

        @Override
        public Void repaired(Repaired status) {
            time(status.from(), "from", status.extras());
            time(status.to(), "to", status.extras());
            return null;
        }

        @Override
        public Void instrumentInfo(InstrumentInfo status) {
            if (status.phase() != null && TradingPhase.of(status.phase()) == null) {
                findings.failed(
                        ProtocolRule.FIELDS,
                        "phase is \"" + status.phase() + "\", must be one of " + Arrays.toString(TradingPhase.values()),
                        line);
            }
            return null;
        }

        @Override
        public Void unknownStatus(UnknownStatus status) {
            String meant = WORDS.meantBy(status.status());
            if (meant != null) {
                findings.failed(
                        ProtocolRule.KNOWN_TYPES,
                        "the status \"" + status.status() + "\" is none of the protocol; did you mean " + meant + '?',
                        line);
            }
            return null;
        }

        /** A time that has another form than that of the protocol is not among the fields of the status. */
        private void time(Instant read, String name, Extras extras) {
            Object given = extras.values().get(name);
            if (read == null && given != null) {
                findings.failed(
                        ProtocolRule.TIMES, name + " of a status is " + given + ", must be ISO-8601 text in UTC", line);
            }
        }

        @Override
        public Void historyDone(HistoryDone status) {
            events.history().done(status, line);
            return answer(status);
        }

        private Void answer(Status status) {
            replies.answered(
                    new Answer(status.id(), status.status(), status.channel(), status.symbol(), null, status.reason()),
                    line);
            return null;
        }

        @Override
        public Void other(Status status) {
            return null;
        }
    }
}

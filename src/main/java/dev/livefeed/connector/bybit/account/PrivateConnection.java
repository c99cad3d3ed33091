package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connector.bybit.site.HandshakeAdvice;
import dev.livefeed.connector.feed.VenueClock;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.Identifiers;
import dev.livefeed.connector.session.ReconnectWaits;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import dev.livefeed.connector.session.SessionContext;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.connector.session.SessionProtocol;
import dev.livefeed.connector.session.WebSocketSession;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Subscribed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of the private stream.
 * <pre>
 * phase   | waits for
 * --------+---------------------------------------------------------------------------------------
 * NONE    | a connection; with refused keys for {@code retry}, without keys forever
 * CLOCK   | the venue's time, so that the signature is neither expired nor too far ahead
 * SIGNING | the reply to the signature
 * OPEN    | rows
 * </pre>
 * Refused keys are reported once and retried at a long interval. The public streams are not affected.
 */
public final class PrivateConnection {

    static final String PING = "{\"op\":\"ping\"}";

    private static final Logger LOG = LoggerFactory.getLogger(PrivateConnection.class);

    /** Validity of a signature; it covers the time in transit and small clock differences. */
    private static final long VALID_MILLIS = 10_000;
    /** Consecutive unknown refusals after which the keys count as refused. */
    private static final int MAX_UNKNOWN = 3;
    /** The backoff of an authenticated connection is reset after this time, even if the stream had no rows. */
    private static final long STEADY = 60_000_000_000L;

    /** The year 2100, an upper limit for times that does not depend on the local clock. */
    private static final long LATEST_MILLIS = 4_102_444_800_000L;

    private static final long CLOCK_LIMIT = 5_000_000_000L;

    private enum LoginPhase {
        NONE,
        CLOCK,
        SIGNING,
        OPEN
    }

    private final AccountSettings settings;
    private final Outbox outbox;
    private final TimeSource time;
    private final Identifiers identifiers;
    private final VenueClock clock;
    private final AccountStatus status;
    private final AccountFigures figures = new AccountFigures();
    private final MissedRows missed;
    private final AccountFrames rows;
    private final PrivateSubscriptions subscriptions;
    private final WebSocketSession session;

    private LoginPhase phase = LoginPhase.NONE;
    /** Start of the phase. */
    private long since;
    /** Number of rows before the connection was opened. */
    private long rowsBefore;

    private String authId;
    /** Whether the venue's clock was measured again because of a refusal since the keys were last accepted. */
    private boolean clockRemeasured;

    private int unknownRefusals;
    /** Text of the reported refusal of the keys, or null; used to report it only once. */
    private String degraded;
    /** The venue's time in the last pong, in milliseconds, and its arrival time; 0 before the first. */
    private long pongMillis;

    private long pongAt;
    private String noted;

    /** Creates a connection without starting it. */
    public PrivateConnection(AccountSettings settings, SessionContext sessions, Outbox outbox, VenueClock clock) {
        this.settings = settings;
        this.outbox = outbox;
        this.time = sessions.time();
        this.identifiers = sessions.identifiers();
        this.clock = clock;
        this.status = new AccountStatus(outbox, settings.credentials());
        this.missed = new MissedRows(outbox, clock, status, figures);
        this.rows = new AccountFrames(outbox, clock, status, figures, missed);
        this.subscriptions =
                new PrivateSubscriptions(settings.topics(), new Topics(), time, identifiers::next, settings.ack());
        this.session = new WebSocketSession(sessions, settings.uri(), settings.session(), new LoginProtocol());
    }

    /** Opens the stream if keys are set. */
    public void start() {
        if (settings.keyFault() != null) {
            String advice = "set both variables or none";
            LOG.warn("private_stream_off reason=\"{}\": public data only; {}", settings.keyFault(), advice);
            status.report(new Degraded(
                    status.head(settings.keyFault()), ConnectionInfo.NONE, null, null, "keys", advice, null));
        } else if (settings.usable()) {
            session.start();
        }
    }

    public WebSocketSession session() {
        return session;
    }

    public void tick() {
        session.tick();
    }

    /** Closes the connection permanently. */
    public void stop() {
        session.stop();
    }

    private void become(LoginPhase next) {
        phase = next;
        since = time.nanos();
    }

    private void authenticate() {
        if (!clock.measured() && clock.measurable() && phase != LoginPhase.CLOCK) {
            become(LoginPhase.CLOCK);
            return;
        }
        become(LoginPhase.SIGNING);
        figures.attempts++;
        authId = "auth-" + identifiers.next();
        session.send(settings.credentials().authRequest(authId, venueMillis() + VALID_MILLIS));
    }

    /** After a refusal, the time in this server's last pong takes precedence over the measured clock. */
    private long venueMillis() {
        return clockRemeasured && pongMillis > 0
                ? pongMillis + (time.nanos() - pongAt) / 1_000_000L
                : clock.micros() / 1_000L;
    }

    private void data(String name, JsonNode frame, long receivedAt) {
        PrivateTopic topic = subscriptions.find(name);
        if (topic == null || phase != LoginPhase.OPEN) {
            figures.unknown++;
        } else {
            rows.take(topic, frame, receivedAt, session.synthetic());
        }
    }

    private void control(Reply reply) {
        if (reply.pong()) {
            session.pong();
            if (Row.isTime(reply.pongMillis(), LATEST_MILLIS)) {
                pongMillis = reply.pongMillis();
                pongAt = time.nanos();
                if (phase == LoginPhase.OPEN) {
                    missed.received(pongMillis * 1_000L);
                }
            }
        } else if (reply.op().equals("auth") || (phase == LoginPhase.SIGNING && isAuth(reply))) {
            auth(reply);
        } else if (reply.op().equals("subscribe")) {
            subscribe(reply);
        } else if (!reply.success()) {
            refusal(KeyRefusal.of(reply.code(), reply.text()), reply.text(), false);
        }
    }

    private boolean isAuth(Reply reply) {
        return authId.equals(reply.requestId()) || (reply.op().isEmpty() && !reply.success());
    }

    private void auth(Reply reply) {
        boolean alreadyIn = "20001".equals(reply.code());
        if (reply.success() || alreadyIn) {
            if (phase == LoginPhase.SIGNING) {
                authenticated();
            }
        } else if (phase == LoginPhase.SIGNING || phase == LoginPhase.OPEN) {
            refusal(KeyRefusal.of(reply.code(), reply.text()), reply.text(), true);
        }
    }

    private void subscribe(Reply reply) {
        KeyRefusal refusal = reply.success() ? null : KeyRefusal.of(reply.code(), reply.text());
        boolean byName = reply.text().contains("topic:") || !reply.failed().isEmpty();
        if (refusal != null && !byName && reply.text().toLowerCase(Locale.ROOT).contains("not authorized")) {
            refusal(new KeyRefusal(KeyRefusal.Kind.UNKNOWN, refusal.code(), refusal.advice()), reply.text(), true);
        } else {
            subscriptions.answered(reply);
        }
    }

    private void authenticated() {
        become(LoginPhase.OPEN);
        clockRemeasured = false;
        degraded = null;
        LOG.info("private_stream_authenticated url={}", settings.uri());
        List<String> topics =
                subscriptions.wanted().stream().map(PrivateTopic::text).toList();
        status.report(new Authenticated(status.head(null), settings.uri().toString(), topics, session.synthetic()));
        missed.begin();
        subscriptions.subscribe();
    }

    /**
     * Handles a refusal.
     *
     * @param meant whether it answers a request about the keys; otherwise only a text about the keys counts
     */
    private void refusal(KeyRefusal refusal, String text, boolean meant) {
        switch (refusal.kind()) {
            case KEYS -> degrade(refusal, text);
            case CLOCK -> {
                if (!meant) {
                    note(text);
                } else if (clockRemeasured) {
                    degrade(refusal, text);
                } else {
                    LOG.info(
                            "private_stream_clock_refused reason=\"{}\": the clock is measured again",
                            status.clean(text));
                    clockRemeasured = true;
                    clock.measureAgain();
                    authenticate();
                }
            }
            case LATER -> {
                if (meant) {
                    session.fail(text, Pace.THROTTLED);
                }
            }
            case UNKNOWN -> {
                if (!meant) {
                    note(text);
                } else if (++unknownRefusals >= MAX_UNKNOWN) {
                    degrade(refusal, text);
                } else {
                    session.fail(text, Pace.THROTTLED);
                }
            }
        }
    }

    /** Logs a text of the venue that has no effect; a repetition is not logged. */
    private void note(String text) {
        if (!text.equals(noted)) {
            noted = text;
            LOG.warn("private_stream_message text=\"{}\"", status.clean(text));
        }
    }

    /** Reports public data only, and schedules the next attempt. */
    private void degrade(KeyRefusal refusal, String text) {
        closing(text);
        session.suspend(settings.retry().toNanos());
        String code = refusal.code();
        String said = code + ' ' + text;
        if (!said.equals(degraded)) {
            degraded = said;
            String advice = refusal.advice(settings.site());
            LOG.warn(
                    "private_stream_keys_refused code={} reason=\"{}\" retry_in_s={}: public data only; {}",
                    code,
                    status.clean(text),
                    settings.retry().toSeconds(),
                    advice);
            status.report(new Degraded(
                    status.head(text.isEmpty() ? "the venue gives no reason" : text),
                    ConnectionInfo.NONE,
                    null,
                    null,
                    code,
                    advice,
                    settings.retry().toMillis()));
        }
    }

    private void closing(String reason) {
        if (phase == LoginPhase.OPEN) {
            missed.missing("the private stream was lost: " + reason);
        }
        subscriptions.ended();
        become(LoginPhase.NONE);
    }

    /** Adds figures for the heartbeat; none if there are no keys. */
    public void show(Map<String, Object> shown) {
        if (settings.usable()) {
            figures.show(shown);
        }
    }

    /** Session protocol of the private stream. */
    private final class LoginProtocol implements SessionProtocol {

        @Override
        public void ping() {
            session.send(PING);
        }

        @Override
        public void opened() {
            rowsBefore = figures.rows;
            figures.connects++;
            pongMillis = 0;
            if (degraded == null) {
                status.report(
                        new Authenticating(status.head(null), settings.uri().toString()));
            } else {
                subscriptions.forgetRefusals();
            }
            authenticate();
        }

        @Override
        public void frame(byte[] bytes, int offset, int length, long receivedAt) {
            JsonNode frame = rows.read(bytes, offset, length);
            if (frame == null) {
                return;
            }
            JsonNode topic = frame.get("topic");
            if (topic != null && topic.isTextual()) {
                data(topic.textValue(), frame, receivedAt);
            } else {
                control(Reply.of(frame));
            }
        }

        @Override
        public void tick() {
            long waited = time.nanos() - since;
            switch (phase) {
                case NONE -> {}
                case CLOCK -> {
                    if (clock.measured() || waited > CLOCK_LIMIT) {
                        authenticate();
                    }
                }
                case SIGNING -> {
                    if (waited > settings.ack().toNanos()) {
                        session.fail("no answer to the signature in time", Pace.THROTTLED);
                    }
                }
                case OPEN -> {
                    subscriptions.tick();
                    if (subscriptions.isSettled()) {
                        missed.announce();
                    }
                }
            }
        }

        @Override
        public long retryAfter(int httpStatus, ReconnectWaits waits) {
            if (httpStatus == 401) {
                return settings.retry().toNanos();
            }
            if (phase == LoginPhase.OPEN && (figures.rows > rowsBefore || time.nanos() - since > STEADY)) {
                session.resetBackoff();
            }
            boolean early = phase == LoginPhase.SIGNING || phase == LoginPhase.CLOCK;
            return waits.next(
                    httpStatus == 403 ? Pace.FORBIDDEN : early || httpStatus == 429 ? Pace.THROTTLED : Pace.NORMAL);
        }

        @Override
        public void ended(SessionEnd end) {
            if (end.httpStatus() == 401) {
                degrade(KeyRefusal.of("401", end.reason()), end.reason());
                return;
            }
            String reason = HandshakeAdvice.addTo(end.reason(), end.httpStatus());
            closing(reason);
            long pause = degraded == null ? end.retryNanos() : settings.retry().toNanos();
            session.retryIn(pause);
            LOG.info(
                    "private_stream_lost url={} retry_in_ms={} reason=\"{}\"",
                    settings.uri(),
                    pause / 1_000_000L,
                    status.clean(reason));
            if (degraded == null) {
                status.report(new PrivateDisconnected(
                        status.head(reason), settings.uri().toString(), (long) end.attempt(), pause / 1_000_000L));
            }
        }

        /** Attempts are not queued, so that the public streams do not wait for this one. */
        @Override
        public boolean attemptsQueued() {
            return false;
        }
    }

    /** Handles the results of subscriptions. */
    private final class Topics implements PrivateSubscriptions.Wiring {

        @Override
        public void send(String text) {
            session.send(text);
        }

        @Override
        public void subscribed(PrivateTopic topic) {
            status.report(new Subscribed(Head.of(outbox.connector(), null, topic.text(), null), null, null, null));
        }

        @Override
        public void refused(PrivateTopic topic, String text) {
            String clean = status.clean(text);
            LOG.warn("subscription_refused topic={} reason=\"{}\"", topic, clean);
            outbox.failure(new Failure(clean, "refused", null, topic.text(), null, false));
        }

        @Override
        public void unanswered(PrivateTopic topic) {
            outbox.failure(new Failure(
                    "no answer to the subscription of " + topic + "; its rows are taken if they come",
                    "unanswered",
                    null,
                    topic.text(),
                    null,
                    false));
        }

        @Override
        public void settled() {
            unknownRefusals = 0;
            if (subscriptions.wanted().isEmpty()) {
                degrade(
                        new KeyRefusal(
                                KeyRefusal.Kind.KEYS, "topics", "check private_topics and the permissions of the key"),
                        "every private topic is refused");
            }
        }
    }
}

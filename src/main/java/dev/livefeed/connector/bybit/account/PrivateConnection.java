package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.livefeed.protocol.status.AccountStatus.Authenticated;
import dev.livefeed.protocol.status.AccountStatus.Authenticating;
import dev.livefeed.protocol.status.AccountStatus.PrivateDisconnected;
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
 * The session of the private stream, which lasts as long as the venue takes the keys.
 *
 * <pre>
 * phase   | what it waits for
 * --------+---------------------------------------------------------------------------------------
 * NONE    | a connection; with keys that are refused for {@code retry}, without any for ever
 * CLOCK   | the venue's time, for a signature that is neither too old nor too far ahead
 * SIGNING | the answer to the signature
 * OPEN    | rows
 * </pre>
 *
 * Refused keys are said once, loudly, and tried again at a very slow pace only; the public side runs on undisturbed.
 */
public final class PrivateConnection {

    static final String PING = "{\"op\":\"ping\"}";

    private static final Logger LOG = LoggerFactory.getLogger(PrivateConnection.class);

    /** How long a signature is valid: it must arrive before, and the clocks may differ a little. */
    private static final long VALID_MILLIS = 10_000;
    /** Unknown refusals in a row before the keys count as refused. */
    private static final int UNKNOWN_AT_MOST = 3;
    /** An authenticated connection that lived so long has earned a short wait: the stream may have nothing to tell. */
    private static final long STEADY = 60_000_000_000L;

    /** The year 2100: however wrong our own clock is, what is later is no time. */
    private static final long LATEST_MILLIS = 4_102_444_800_000L;

    private static final long CLOCK_LIMIT = 5_000_000_000L;

    private enum Phase {
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

    private Phase phase = Phase.NONE;
    /** Since when the phase lasts. */
    private long since;
    /** How many rows there were when the connection was opened. */
    private long rowsBefore;

    private String authId;
    /** Whether the venue's clock was measured anew because of a refusal since the keys were last taken. */
    private boolean clockDoubted;

    private int unknownRefusals;
    /** The keys are refused: what was said of it, so that it is said once. */
    private String degraded;
    /** The venue's time in the last pong, milliseconds, and when that came; 0 before the first. */
    private long pongMillis;

    private long pongAt;
    private String noted;

    /** A connection that is not started yet. */
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
        this.session = new WebSocketSession(sessions, settings.uri(), settings.session(), new PrivateStream());
    }

    /** Opens the stream where there are keys for it. */
    public void start() {
        if (settings.keyTrouble() != null) {
            String advice = "set both variables or none";
            LOG.warn("No private stream, public data only: {}; {}", settings.keyTrouble(), advice);
            status.say(new Degraded(
                    status.head(settings.keyTrouble()), ConnectionInfo.NONE, null, null, "keys", advice, null));
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

    /** Ends the connection for good. */
    public void stop() {
        session.stop();
    }

    private void become(Phase next) {
        phase = next;
        since = time.nanos();
    }

    private void authenticate() {
        if (!clock.measured() && clock.measurable() && phase != Phase.CLOCK) {
            become(Phase.CLOCK);
            return;
        }
        become(Phase.SIGNING);
        figures.attempts++;
        authId = "auth-" + identifiers.next();
        session.send(settings.credentials().authRequest(authId, venueMillis() + VALID_MILLIS));
    }

    /** After a refusal the time that this very server told in its pong counts for more than any other. */
    private long venueMillis() {
        return clockDoubted && pongMillis > 0
                ? pongMillis + (time.nanos() - pongAt) / 1_000_000L
                : clock.micros() / 1_000L;
    }

    private void data(String name, JsonNode frame, long receivedAt) {
        PrivateTopic topic = subscriptions.find(name);
        if (topic == null || phase != Phase.OPEN) {
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
                if (phase == Phase.OPEN) {
                    missed.heard(pongMillis * 1_000L);
                }
            }
        } else if (reply.op().equals("auth") || (phase == Phase.SIGNING && isAuth(reply))) {
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
            if (phase == Phase.SIGNING) {
                authenticated();
            }
        } else if (phase == Phase.SIGNING || phase == Phase.OPEN) {
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
        become(Phase.OPEN);
        clockDoubted = false;
        degraded = null;
        LOG.info("Authenticated at {}", settings.uri());
        List<String> topics =
                subscriptions.wanted().stream().map(PrivateTopic::text).toList();
        status.say(new Authenticated(status.head(null), settings.uri().toString(), topics, session.synthetic()));
        missed.begin();
        subscriptions.ask();
    }

    /**
     * The venue has refused something.
     *
     * @param meant whether it answers a request of ours about the keys; otherwise only a word about the keys counts
     */
    private void refusal(KeyRefusal refusal, String text, boolean meant) {
        switch (refusal.kind()) {
            case KEYS -> degrade(refusal, text);
            case CLOCK -> {
                if (!meant) {
                    note(text);
                } else if (clockDoubted) {
                    degrade(refusal, text);
                } else {
                    LOG.info("The private stream says \"{}\": the venue's clock is measured again", status.clean(text));
                    clockDoubted = true;
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
                } else if (++unknownRefusals >= UNKNOWN_AT_MOST) {
                    degrade(refusal, text);
                } else {
                    session.fail(text, Pace.THROTTLED);
                }
            }
        }
    }

    /** A word of the venue that changes nothing; the same again is not repeated. */
    private void note(String text) {
        if (!text.equals(noted)) {
            noted = text;
            LOG.warn("The private stream says: {}", status.clean(text));
        }
    }

    /** Public data only, until the venue thinks otherwise: that is asked very seldom. */
    private void degrade(KeyRefusal refusal, String text) {
        closing(text);
        session.suspend(settings.retry().toNanos());
        String code = refusal.code();
        String said = code + ' ' + text;
        if (!said.equals(degraded)) {
            degraded = said;
            LOG.warn(
                    "The keys are refused, public data only: {} {}; {}; tried again in {} s",
                    code,
                    status.clean(text),
                    refusal.advice(),
                    settings.retry().toSeconds());
            status.say(new Degraded(
                    status.head(text.isEmpty() ? "the venue gives no reason" : text),
                    ConnectionInfo.NONE,
                    null,
                    null,
                    code,
                    refusal.advice(),
                    settings.retry().toMillis()));
        }
    }

    private void closing(String reason) {
        if (phase == Phase.OPEN) {
            missed.missing("the private stream was lost: " + reason);
        }
        subscriptions.ended();
        become(Phase.NONE);
    }

    /** Adds to the heartbeat's figures; nothing where there are no keys. */
    public void show(Map<String, Object> shown) {
        if (settings.usable()) {
            figures.show(shown);
        }
    }

    /** What the session does on the private stream. */
    private final class PrivateStream implements SessionProtocol {

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
                status.say(new Authenticating(status.head(null), settings.uri().toString()));
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
            if (phase == Phase.OPEN && (figures.rows > rowsBefore || time.nanos() - since > STEADY)) {
                session.earned();
            }
            boolean early = phase == Phase.SIGNING || phase == Phase.CLOCK;
            return waits.next(
                    httpStatus == 403 ? Pace.FORBIDDEN : early || httpStatus == 429 ? Pace.THROTTLED : Pace.NORMAL);
        }

        @Override
        public void ended(SessionEnd end) {
            if (end.httpStatus() == 401) {
                degrade(KeyRefusal.of("401", end.reason()), end.reason());
                return;
            }
            closing(end.reason());
            long pause = degraded == null ? end.retryNanos() : settings.retry().toNanos();
            session.retryIn(pause);
            LOG.info(
                    "{}: {}; the next attempt follows in {} ms",
                    settings.uri(),
                    status.clean(end.reason()),
                    pause / 1_000_000L);
            if (degraded == null) {
                status.say(new PrivateDisconnected(
                        status.head(end.reason()),
                        settings.uri().toString(),
                        (long) end.attempt(),
                        pause / 1_000_000L));
            }
        }

        /** The public streams do not wait for it. */
        @Override
        public boolean opensInTurn() {
            return false;
        }
    }

    /** What becomes of the topics. */
    private final class Topics implements PrivateSubscriptions.Wiring {

        @Override
        public void send(String text) {
            session.send(text);
        }

        @Override
        public void subscribed(PrivateTopic topic) {
            status.say(new Subscribed(Head.of(outbox.connector(), null, topic.text(), null), null, null, null));
        }

        @Override
        public void refused(PrivateTopic topic, String text) {
            String clean = status.clean(text);
            LOG.warn("{} is refused: {}", topic, clean);
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

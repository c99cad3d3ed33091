package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.connector.sdk.Backoff;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.Network;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Authenticated;
import dev.livefeed.protocol.status.Authenticating;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.PrivateDisconnected;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Subscribed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket to the private stream, made anew whenever it ends, as long as the venue takes the keys.
 *
 * <pre>
 * state   | what it waits for
 * --------+---------------------------------------------------------------------------------------
 * OFF     | nothing: there are no keys that can be used
 * CLOSED  | the time of the next attempt: soon, or {@code retry} where the keys are refused
 * OPENING | the connection
 * CLOCK   | the venue's time, for a signature that is neither too old nor too far ahead
 * SIGNING | the answer to the signature
 * OPEN    | rows
 * </pre>
 *
 * Refused keys are said once, loudly, and tried again at a very slow pace only; the public side runs on undisturbed.
 */
public final class PrivateConnection {

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

    private enum State {
        OFF,
        CLOSED,
        OPENING,
        CLOCK,
        SIGNING,
        OPEN
    }

    private final AccountSettings settings;
    private final Network network;
    private final Outbox outbox;
    private final TimeSource time;
    private final IntSupplier identifiers;
    private final VenueClock clock;
    private final BooleanSupplier mayOpen;
    private final AccountStatus status;
    private final AccountFigures figures = new AccountFigures();
    private final PrivateSubscriptions subscriptions;
    private final Pinger pinger;
    private final Backoff backoff;
    private final Backoff slow;
    private final Backoff forbidden;
    private final SeenExecutions seen = new SeenExecutions();
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final RowReader rows = new RowReader(mapper);

    private State state = State.OFF;
    private int id;
    private boolean synthetic;
    private boolean hadRows;
    private int attempts;
    /** Since when the state lasts. */
    private long since;

    private long retryAt;
    private String authId;
    /** Whether the venue's clock was measured anew because of a refusal since the keys were last taken. */
    private boolean clockDoubted;

    private int unknownRefusals;
    /** The keys are refused: what was said of it, so that it is said once. */
    private String degraded;
    /** The venue's time in the last pong, milliseconds, and when that came; 0 before the first. */
    private long pongMillis;

    private long pongAt;
    /** Up to which time of the venue every row was heard, by its own word: that of a row, a pong, or of the beginning. */
    private long heardMicros;
    /** The same where a row was missed since; 0 where none was. */
    private long missingSince;

    private String missingBecause;
    private String noted;

    /**
     * A link that is not started yet.
     *
     * @param identifiers numbers for links and requests, each used once
     * @param mayOpen whether the venue's limits let a connection be opened now; a yes is used
     */
    public PrivateConnection(
            AccountSettings settings,
            Network network,
            Outbox outbox,
            TimeSource time,
            RandomGenerator random,
            IntSupplier identifiers,
            VenueClock clock,
            BooleanSupplier mayOpen) {
        this.settings = settings;
        this.network = network;
        this.outbox = outbox;
        this.time = time;
        this.identifiers = identifiers;
        this.clock = clock;
        this.mayOpen = mayOpen;
        this.status = new AccountStatus(outbox, settings.credentials());
        AccountSettings.Timing timing = settings.timing();
        this.subscriptions = new PrivateSubscriptions(settings.topics(), new Topics(), time, identifiers, timing.ack());
        this.pinger = new Pinger(time, timing.ping(), timing.pong(), () -> network.send(id, Pinger.PING));
        this.backoff = new Backoff(timing.reconnectFirst(), timing.reconnectLongest(), random);
        this.slow = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(60), random);
        this.forbidden = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10), random);
    }

    /** Opens the stream where there are keys for it. */
    public void start() {
        if (settings.keyTrouble() != null) {
            String advice = "set both variables or none";
            LOG.warn("No private stream, public data only: {}; {}", settings.keyTrouble(), advice);
            status.say(new Degraded(
                    status.head(settings.keyTrouble()), ConnectionInfo.NONE, null, null, "keys", advice, null));
        } else if (settings.usable()) {
            become(State.CLOSED);
            retryAt = time.nanos();
            tick();
        }
    }

    /** Whether the connection is this one. */
    public boolean owns(int link) {
        return link == id && state != State.OFF;
    }

    private void open() {
        become(State.OPENING);
        id = identifiers.getAsInt();
        attempts++;
        hadRows = false;
        if (degraded != null) {
            subscriptions.forgetRefusals();
        }
        network.open(id, settings.uri());
    }

    private void become(State next) {
        state = next;
        since = time.nanos();
    }

    /** The connection is open. */
    public void opened(boolean saysSynthetic) {
        synthetic = saysSynthetic;
        figures.connects++;
        pongMillis = 0;
        pinger.opened();
        if (degraded == null) {
            status.say(new Authenticating(status.head(null), settings.uri().toString()));
        }
        authenticate();
    }

    private void authenticate() {
        if (!clock.measured() && clock.measurable() && state != State.CLOCK) {
            become(State.CLOCK);
            return;
        }
        become(State.SIGNING);
        figures.attempts++;
        authId = "auth-" + identifiers.getAsInt();
        network.send(id, settings.credentials().authRequest(authId, venueMillis() + VALID_MILLIS));
    }

    /** After a refusal the time that this very server told in its pong counts for more than any other. */
    private long venueMillis() {
        return clockDoubted && pongMillis > 0
                ? pongMillis + (time.nanos() - pongAt) / 1_000_000L
                : clock.micros() / 1_000L;
    }

    /**
     * A whole text message came.
     *
     * @param receivedAt microseconds since 1970 at which it was read from the socket
     */
    public void frame(byte[] bytes, int offset, int length, long receivedAt) {
        if (state != State.CLOCK && state != State.SIGNING && state != State.OPEN) {
            return;
        }
        pinger.frame();
        JsonNode frame;
        try {
            frame = mapper.readTree(bytes, offset, length);
            if (frame == null || !frame.isObject()) {
                throw new IOException("it is no JSON object");
            }
        } catch (IOException | NumberFormatException e) {
            // A number format is what Jackson throws for an exponent of many digits.
            boolean json = e instanceof JsonProcessingException || e instanceof NumberFormatException;
            String why = json ? "it is no JSON" : e.getMessage();
            unreadable(null, "a frame of the private stream cannot be read: " + why);
            return;
        }
        JsonNode topic = frame.get("topic");
        if (topic != null && topic.isTextual()) {
            data(topic.textValue(), frame, receivedAt);
        } else {
            control(Reply.of(frame));
        }
    }

    private void heard(long micros) {
        heardMicros = Math.max(heardMicros, Math.min(micros, clock.micros()));
    }

    private void data(String name, JsonNode frame, long receivedAt) {
        PrivateTopic topic = subscriptions.find(name);
        if (topic == null || state != State.OPEN) {
            figures.unknown++;
            return;
        }
        long created = frame.path("creationTime").asLong(0);
        boolean dated = Row.isTime(created, RowReader.latestMillis(receivedAt));
        long createdMicros = dated ? created * 1_000L : clock.micros();
        JsonNode data = frame.path("data");
        if (!data.isArray()) {
            unreadable(topic, "a frame of " + topic + " has no list of rows");
            return;
        }
        for (JsonNode row : data) {
            try {
                emit(rows.read(topic, row, createdMicros, receivedAt, synthetic));
            } catch (UnusableRowException e) {
                unreadable(topic, "a row of " + topic + " cannot be used: " + e.getMessage());
            }
        }
        if (dated) {
            heard(createdMicros);
        }
    }

    private void emit(AccountEvent event) {
        if (event instanceof Execution e && !seen.first(e.category(), e.symbol(), e.id())) {
            figures.duplicates++;
            return;
        }
        figures.rows++;
        hadRows = true;
        if (!outbox.account(event)) {
            figures.lost++;
            missing("the reader of the events was too slow");
        }
    }

    /** Something was told that could not be understood: said, counted, and a hole. */
    private void unreadable(PrivateTopic topic, String why) {
        figures.unusable++;
        String text = status.clean(why);
        outbox.failure(new Failure(
                text, "unreadable", null, topic == null ? AccountStatus.CHANNEL : topic.text(), null, false));
        if (topic == null) {
            missing(text);
        }
    }

    private void missing(String why) {
        if (missingSince == 0) {
            missingSince = heardMicros;
            missingBecause = why;
        }
    }

    private void control(Reply reply) {
        if (reply.pong()) {
            pinger.pong();
            if (Row.isTime(reply.pongMillis(), LATEST_MILLIS)) {
                pongMillis = reply.pongMillis();
                pongAt = time.nanos();
                if (state == State.OPEN) {
                    heard(pongMillis * 1_000L);
                }
            }
        } else if (reply.op().equals("auth") || (state == State.SIGNING && isAuth(reply))) {
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
            if (state == State.SIGNING) {
                authenticated();
            }
        } else if (state == State.SIGNING || state == State.OPEN) {
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
        become(State.OPEN);
        clockDoubted = false;
        degraded = null;
        LOG.info("Authenticated at {}", settings.uri());
        List<String> topics =
                subscriptions.wanted().stream().map(PrivateTopic::text).toList();
        status.say(new Authenticated(status.head(null), settings.uri().toString(), topics, synthetic));
        heardMicros = clock.micros();
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
                    end(text, slow.next());
                }
            }
            case UNKNOWN -> {
                if (!meant) {
                    note(text);
                } else if (++unknownRefusals >= UNKNOWN_AT_MOST) {
                    degrade(refusal, text);
                } else {
                    end(text, slow.next());
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
        network.close(id);
        closing(text);
        attempts = 0;
        become(State.CLOSED);
        retryAt = time.nanos() + settings.retry().toNanos();
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

    /** The connection has ended, or could not be opened. */
    public void closed(String reason, int httpStatus) {
        if (state == State.CLOSED || state == State.OFF) {
            return;
        }
        if (httpStatus == 401) {
            degrade(KeyRefusal.of("401", reason), reason);
            return;
        }
        boolean early = state == State.SIGNING || state == State.CLOCK;
        boolean steady = state == State.OPEN && (hadRows || time.nanos() - since > STEADY);
        if (steady) {
            attempts = 0;
            backoff.reset();
            slow.reset();
            forbidden.reset();
        }
        Backoff waits = httpStatus == 403 ? forbidden : early || httpStatus == 429 ? slow : backoff;
        ended(reason, waits.next());
    }

    /** Ends the connection because it is of no use any more. */
    private void end(String reason, long wait) {
        network.close(id);
        ended(reason, wait);
    }

    private void ended(String reason, long wait) {
        closing(reason);
        become(State.CLOSED);
        long pause = degraded == null ? wait : settings.retry().toNanos();
        retryAt = time.nanos() + pause;
        LOG.info("{}: {}; the next attempt follows in {} ms", settings.uri(), status.clean(reason), pause / 1_000_000L);
        if (degraded == null) {
            status.say(new PrivateDisconnected(
                    status.head(reason), settings.uri().toString(), (long) attempts, pause / 1_000_000L));
        }
    }

    private void closing(String reason) {
        if (state == State.OPEN) {
            missing("the private stream was lost: " + reason);
        }
        subscriptions.ended();
    }

    /** Time has passed. */
    public void tick() {
        long waited = time.nanos() - since;
        switch (state) {
            case OFF -> {}
            case CLOSED -> {
                if (time.nanos() - retryAt >= 0 && mayOpen.getAsBoolean()) {
                    open();
                }
            }
            case OPENING -> {
                if (waited > settings.timing().open().toNanos()) {
                    end("the connection did not open in time", backoff.next());
                }
            }
            case CLOCK -> {
                if (alive() && (clock.measured() || waited > CLOCK_LIMIT)) {
                    authenticate();
                }
            }
            case SIGNING -> {
                if (alive() && waited > settings.timing().ack().toNanos()) {
                    end("no answer to the signature in time", slow.next());
                }
            }
            case OPEN -> {
                if (alive()) {
                    subscriptions.tick();
                    announce();
                }
            }
        }
    }

    private boolean alive() {
        String dead = pinger.tick();
        if (dead != null) {
            end(dead, backoff.next());
        }
        return dead == null;
    }

    /** Says what was missed, as soon as nothing is missed any more and there is room to say it. */
    private void announce() {
        if (missingSince != 0 && subscriptions.isSettled() && !outbox.full()) {
            figures.gaps++;
            status.gap(
                    missingSince, clock.micros(), missingBecause + "; rows of the account between cannot be had again");
            missingSince = 0;
        }
    }

    /** Ends the connection for good. */
    public void stop() {
        if (state != State.CLOSED && state != State.OFF) {
            network.close(id);
        }
        become(State.OFF);
    }

    /** Adds to the heartbeat's figures; nothing where there are no keys. */
    public void show(Map<String, Object> shown) {
        if (settings.usable()) {
            figures.show(shown);
        }
    }

    /** What becomes of the topics. */
    private final class Topics implements PrivateSubscriptions.Wiring {

        @Override
        public void send(String text) {
            network.send(id, text);
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

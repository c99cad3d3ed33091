package dev.livefeed.connector.bybit.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Identifiers;
import dev.livefeed.connector.session.Network;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the venue's REST interface within its rate limits.
 *
 * <p>At most {@value #MAX_PENDING} requests are pending at a time, and {@value #MAX_PER_SECOND} are sent per second
 * (the venue allows 600 in 5 s). A rate limit error pauses all requests: 10 minutes after a 403, otherwise until the
 * reset time, and at least for a time that doubles from 1 s to 60 s. A pause is never shortened.
 *
 * <p>Requests in the background are sent only while no other one waits, at most {@value #MAX_BACKGROUND} at a time and
 * {@value #MAX_BACKGROUND_PER_SECOND} per second.
 */
public final class RestClient {

    private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);
    private static final int MAX_PENDING = 16;
    private static final int MAX_PER_SECOND = 100;
    private static final int MAX_BACKGROUND = 8;
    private static final int MAX_BACKGROUND_PER_SECOND = 50;
    private static final int MAX_QUEUE = 5_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long BAN = 600 * SECOND;
    private static final long LONGEST_PAUSE = 60 * SECOND;
    private static final JsonFactory JSON = new JsonFactory();

    private final BybitSettings settings;
    private final Network network;
    private final TimeSource time;
    private final Identifiers identifiers;
    private final ConnectorCounters figures;
    private final Deque<QueuedRequest> queue = new ArrayDeque<>();
    private final Deque<QueuedRequest> background = new ArrayDeque<>();
    private final Deque<QueuedRequest> invalid = new ArrayDeque<>();
    private final Map<Integer, QueuedRequest> pending = new LinkedHashMap<>();
    private long secondStartedAt;
    private int sentThisSecond;
    private int backgroundThisSecond;
    private int backgroundPending;
    private boolean paused;
    private boolean healthy;
    private long healthyAt;
    private long pausedUntil;
    private long nextPause = SECOND;
    private String pauseReason;

    /** Receives the response. */
    public interface Callback {

        /** The request is sent, possibly after a wait. */
        default void sent() {}

        /** The complete body of a response with {@code retCode} 0. */
        void answered(byte[] body);

        /** There is no usable response; the text says why. */
        void failed(String reason);

        /** Like {@link #failed(String)}, with the kind of failure. */
        default void failed(String reason, RestFailure failure) {
            failed(reason);
        }
    }

    private static final class QueuedRequest {

        private final URI uri;
        private final Callback callback;
        private final boolean inBackground;
        private long sentAt;
        private boolean cancelled;

        QueuedRequest(URI uri, Callback callback, boolean inBackground) {
            this.uri = uri;
            this.callback = callback;
            this.inBackground = inBackground;
        }
    }

    /** A request that can be cancelled; its callback is not called then. */
    public interface Pending {

        void cancel();
    }

    public RestClient(
            BybitSettings settings,
            Network network,
            TimeSource time,
            Identifiers identifiers,
            ConnectorCounters figures) {
        this.settings = settings;
        this.network = network;
        this.time = time;
        this.identifiers = identifiers;
        this.figures = figures;
    }

    /** Whether the interface is available and has answered within the given nanoseconds without a later failure. */
    public boolean healthyFor(long nanos) {
        return available() && !paused && healthy && time.nanos() - healthyAt <= nanos;
    }

    /** Whether a REST interface is configured. */
    public boolean available() {
        return settings.restBase() != null;
    }

    /**
     * Sends a request, possibly after a wait. The callback is never called before this returns.
     *
     * @param pathAndQuery from the first slash; only if {@link #available}
     */
    public Pending get(String pathAndQuery, Callback callback) {
        return add(new QueuedRequest(address(pathAndQuery), callback, false), queue);
    }

    /** Like {@link #get}, for a request that may wait: it delays no other. */
    public Pending getInBackground(String pathAndQuery, Callback callback) {
        return add(new QueuedRequest(address(pathAndQuery), callback, true), background);
    }

    private Pending add(QueuedRequest queued, Deque<QueuedRequest> to) {
        if (queued.uri == null) {
            invalid.add(queued);
        } else {
            to.add(queued);
            pump();
        }
        return () -> queued.cancelled = true;
    }

    /** Returns null if the path is invalid: it may contain data of the venue, which must only fail this request. */
    private URI address(String pathAndQuery) {
        try {
            return URI.create(settings.restBase() + pathAndQuery);
        } catch (IllegalArgumentException e) {
            LOG.warn("rest_request_not_sent reason=\"{}\"", e.getMessage());
            return null;
        }
    }

    public void answered(int request, HttpAnswer answer) {
        QueuedRequest queued = ended(request);
        if (queued == null) {
            return;
        }
        long retCode = answer.status() == 200 ? retCode(answer.body()) : -1;
        if (answer.status() == 403) {
            pause(BAN, "the venue answered 403");
        } else if (answer.status() == 429 || retCode == 10006 || retCode == 10018 || retCode == 429) {
            pause(pauseAfter(answer), "the venue answered " + (retCode > 0 ? retCode : answer.status()));
        }
        if (queued.cancelled) {
            return;
        }
        if (retCode == 0) {
            nextPause = SECOND;
            healthy = true;
            healthyAt = time.nanos();
            queued.callback.answered(answer.body());
        } else {
            String reason = "the venue answered " + (answer.status() == 200 ? "retCode " + retCode : answer.status());
            fail(queued, reason, RestFailure.of(answer, time.micros() / 1_000));
        }
        pump();
    }

    private QueuedRequest ended(int request) {
        QueuedRequest queued = pending.remove(request);
        backgroundPending -= queued != null && queued.inBackground ? 1 : 0;
        return queued;
    }

    public void unanswered(int request, String reason) {
        QueuedRequest queued = ended(request);
        if (queued != null && !queued.cancelled) {
            fail(queued, reason);
        }
        pump();
    }

    public void tick() {
        for (int left = invalid.size(); left > 0; left--) {
            fail(invalid.poll(), "the request has no valid address");
        }
        long limit = settings.limits().rest().toNanos();
        for (Integer request : pending.keySet().toArray(new Integer[0])) {
            if (time.nanos() - pending.get(request).sentAt > limit) {
                unanswered(
                        request,
                        "no response within " + settings.limits().rest().toMillis() + " ms");
            }
        }
        pump();
    }

    private void pump() {
        long now = time.nanos();
        if (paused && now - pausedUntil >= 0) {
            paused = false;
        }
        if (now - secondStartedAt >= SECOND || secondStartedAt == 0) {
            secondStartedAt = now;
            sentThisSecond = 0;
            backgroundThisSecond = 0;
        }
        QueuedRequest queued;
        while (!paused
                && pending.size() < MAX_PENDING
                && sentThisSecond < MAX_PER_SECOND
                && (queued = next()) != null) {
            if (!queued.cancelled) {
                sentThisSecond++;
                if (queued.inBackground) {
                    backgroundThisSecond++;
                    backgroundPending++;
                }
                figures.restRequests++;
                queued.sentAt = now;
                int request = identifiers.next();
                pending.put(request, queued);
                queued.callback.sent();
                network.get(request, queued.uri);
            }
        }
        limit(queue);
        limit(background);
    }

    private QueuedRequest next() {
        boolean mayUseBackground =
                backgroundPending < MAX_BACKGROUND && backgroundThisSecond < MAX_BACKGROUND_PER_SECOND;
        return queue.isEmpty() && mayUseBackground ? background.poll() : queue.poll();
    }

    private void limit(Deque<QueuedRequest> waiting) {
        while (waiting.size() > MAX_QUEUE) {
            fail(waiting.poll(), "too many requests are queued");
        }
    }

    private void fail(QueuedRequest queued, String reason) {
        fail(queued, reason, RestFailure.unusable("no complete response: " + reason));
    }

    private void fail(QueuedRequest queued, String reason, RestFailure failure) {
        figures.restFailures++;
        healthy &= failure.kind() == RestFailure.Kind.REFUSED;
        if (!queued.cancelled) {
            queued.callback.failed(paused ? reason + "; " + pauseReason + ", requests are paused" : reason, failure);
        }
    }

    private void pause(long nanos, String reason) {
        long until = time.nanos() + nanos;
        if (!pausing() || until - pausedUntil > 0) {
            pausedUntil = until;
            pauseReason = reason;
        }
        paused = true;
    }

    private boolean pausing() {
        return paused && time.nanos() - pausedUntil < 0;
    }

    /** Further rate limit errors of requests that were already pending do not double the wait. */
    private long pauseAfter(HttpAnswer answer) {
        long wait = 0;
        if (!pausing()) {
            wait = nextPause;
            nextPause = Math.min(LONGEST_PAUSE, nextPause * 2);
        }
        if (answer.resetAtMillis() > 0) {
            long nanos = (answer.resetAtMillis() * 1_000L - time.micros()) * 1_000L;
            wait = Math.max(wait, Math.min(LONGEST_PAUSE, nanos));
        }
        return wait;
    }

    /** The venue's code, or -1 if the body has none. */
    private static long retCode(byte[] body) {
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    boolean code = p.currentName().equals("retCode");
                    if (p.nextToken() == JsonToken.VALUE_NUMBER_INT && code) {
                        return p.getLongValue();
                    }
                    p.skipChildren();
                }
            }
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }
}

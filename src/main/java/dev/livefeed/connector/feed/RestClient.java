package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Identifiers;
import dev.livefeed.connector.session.Network;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the venue's REST interface within its rate limits.
 *
 * <p>At most {@value #MAX_PENDING} requests are pending at a time, and as many are sent as the {@link RestBudget}
 * allows. A rate limit error pauses all requests as the {@link RestRules} demand: for a given time, or for one that
 * doubles from 1 s to 60 s. A pause is never shortened.
 *
 * <p>Requests in the background are sent only while no other one waits, at most {@value #MAX_BACKGROUND} at a time.
 */
public final class RestClient {

    private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);
    private static final int MAX_PENDING = 16;
    private static final int MAX_BACKGROUND = 8;
    private static final int MAX_QUEUE = 5_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_PAUSE = 60 * SECOND;

    private final RestRules rules;
    private final RestBudget budget;
    private final Network network;
    private final TimeSource time;
    private final Identifiers identifiers;
    private final ConnectorCounters figures;
    private final Deque<QueuedRequest> queue = new ArrayDeque<>();
    private final Deque<QueuedRequest> background = new ArrayDeque<>();
    private final Deque<QueuedRequest> invalid = new ArrayDeque<>();
    private final Map<Integer, QueuedRequest> pending = new LinkedHashMap<>();
    private int backgroundPending;
    private boolean paused;
    private boolean healthy;
    private long healthyAt;
    private long pausedUntil;
    private long nextPause = SECOND;
    private String pauseReason;
    private PauseListener pauses = (reason, millis) -> {};
    private LongSupplier venueMicros;

    /** Receives the response. */
    public interface Callback {

        /** The request is sent, possibly after a wait. */
        default void sent() {}

        /** The complete body of a usable response. */
        void answered(byte[] body);

        /** There is no usable response; the text says why. */
        void failed(String reason);

        /** Like {@link #failed(String)}, with the kind of failure. */
        default void failed(String reason, RestFailure failure) {
            failed(reason);
        }
    }

    /** Called when requests begin to pause, or pause for longer. */
    public interface PauseListener {

        void paused(String reason, long millis);
    }

    private static final class QueuedRequest {

        private final URI uri;
        private final int weight;
        private final Callback callback;
        private final boolean inBackground;
        private long sentAt;
        private boolean cancelled;

        QueuedRequest(URI uri, int weight, Callback callback, boolean inBackground) {
            this.uri = uri;
            this.weight = weight;
            this.callback = callback;
            this.inBackground = inBackground;
        }
    }

    /** A request that can be cancelled; its callback is not called then. */
    public interface Pending {

        void cancel();
    }

    public RestClient(
            RestRules rules,
            RestBudget budget,
            Network network,
            TimeSource time,
            Identifiers identifiers,
            ConnectorCounters figures) {
        this.rules = rules;
        this.budget = budget;
        this.network = network;
        this.time = time;
        this.venueMicros = time::micros;
        this.identifiers = identifiers;
        this.figures = figures;
    }

    /** Whether the interface is available and has answered within the given nanoseconds without a later failure. */
    public boolean healthyFor(long nanos) {
        return available() && !paused && healthy && time.nanos() - healthyAt <= nanos;
    }

    /** Whether a REST interface is configured. */
    public boolean available() {
        return rules.base() != null;
    }

    /**
     * Sends a request, possibly after a wait. The callback is never called before this returns.
     *
     * @param pathAndQuery from the first slash; only if {@link #available}
     */
    public Pending get(String pathAndQuery, Callback callback) {
        return get(pathAndQuery, 1, callback);
    }

    /** Like {@link #get(String, Callback)}, for a request of that weight in the {@link RestBudget}. */
    public Pending get(String pathAndQuery, int weight, Callback callback) {
        return add(new QueuedRequest(address(pathAndQuery), weight, callback, false), queue);
    }

    /** Like {@link #get(String, Callback)}, for a request that may wait: it delays no other. */
    public Pending getInBackground(String pathAndQuery, Callback callback) {
        return getInBackground(pathAndQuery, 1, callback);
    }

    /** Like {@link #getInBackground(String, Callback)}, for a request of that weight in the {@link RestBudget}. */
    public Pending getInBackground(String pathAndQuery, int weight, Callback callback) {
        return add(new QueuedRequest(address(pathAndQuery), weight, callback, true), background);
    }

    /** Sets the listener of pauses. */
    public void onPause(PauseListener listener) {
        pauses = listener;
    }

    /** Sets the venue's clock, which the absolute times in its answers are those of. */
    void follow(VenueClock clock) {
        venueMicros = clock::micros;
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
            return URI.create(rules.base() + pathAndQuery);
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
        budget.answered(answer);
        RestRules.Outcome outcome = rules.judge(answer, venueMicros.getAsLong());
        RestRules.Pause pause = outcome.pause();
        if (pause.reason() != null) {
            long atLeast = pause.atLeast().toNanos();
            pause(pause.growing() ? Math.max(atLeast, growingPause()) : atLeast, pause.reason());
        }
        if (queued.cancelled) {
            return;
        }
        if (outcome.failure() == null) {
            nextPause = SECOND;
            healthy = true;
            healthyAt = time.nanos();
            queued.callback.answered(answer.body());
        } else {
            fail(queued, outcome.reason(), outcome.failure());
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
        long limit = rules.timeout().toNanos();
        for (Integer request : pending.keySet().toArray(new Integer[0])) {
            if (time.nanos() - pending.get(request).sentAt > limit) {
                unanswered(request, "no response within " + rules.timeout().toMillis() + " ms");
            }
        }
        pump();
    }

    private void pump() {
        long now = time.nanos();
        if (paused && now - pausedUntil >= 0) {
            paused = false;
        }
        QueuedRequest queued;
        while (!paused && pending.size() < MAX_PENDING && (queued = next()) != null) {
            if (!queued.cancelled) {
                budget.sent(queued.weight, queued.inBackground);
                backgroundPending += queued.inBackground ? 1 : 0;
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

    /** Removes and returns the next request that may be sent; null if there is none. */
    private QueuedRequest next() {
        Deque<QueuedRequest> from = queue.isEmpty() && backgroundPending < MAX_BACKGROUND ? background : queue;
        QueuedRequest first = from.peek();
        return first == null || !(first.cancelled || budget.allows(first.weight, first.inBackground))
                ? null
                : from.poll();
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
            pauses.paused(reason, nanos / 1_000_000L);
        }
        paused = true;
    }

    private boolean pausing() {
        return paused && time.nanos() - pausedUntil < 0;
    }

    /** Further rate limit errors of requests that were already pending do not double the wait. */
    private long growingPause() {
        if (pausing()) {
            return 0;
        }
        long wait = nextPause;
        nextPause = Math.min(LONGEST_PAUSE, nextPause * 2);
        return wait;
    }
}

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
 * Asks the venue's REST interface, at a pace it allows.
 *
 * <p>At most {@value #UNDER_WAY} requests at a time and {@value #A_SECOND} a second (the venue allows 600 in 5 s). A
 * word of too many requests stops them all for as long as the venue asks: 10 minutes after a 403, else until its
 * reset time, and at least for a time that doubles from 1 s to 60 s. No word makes a pause shorter.
 */
public final class RestClient {

    private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);
    private static final int UNDER_WAY = 16;
    private static final int A_SECOND = 100;
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
    private final Deque<Question> queue = new ArrayDeque<>();
    private final Deque<Question> unaskable = new ArrayDeque<>();
    private final Map<Integer, Question> underWay = new LinkedHashMap<>();
    private long secondStartedAt;
    private int sentThisSecond;
    private boolean paused;
    private boolean well;
    private long wellAt;
    private long pausedUntil;
    private long nextPause = SECOND;
    private String pauseReason;

    /** Who wants to know what the answer is. */
    public interface Asker {

        /** The question goes out: at once, or when its turn has come. */
        default void sent() {}

        /** The whole body of an answer whose {@code retCode} is 0. */
        void answered(byte[] body);

        /** There is no usable answer; the text says why. */
        void failed(String reason);

        /** As {@link #failed(String)}, with what can be done about it. */
        default void failed(String reason, RestFailure failure) {
            failed(reason);
        }
    }

    private static final class Question {

        private final URI uri;
        private final Asker asker;
        private long sentAt;
        private boolean cancelled;

        Question(URI uri, Asker asker) {
            this.uri = uri;
            this.asker = asker;
        }
    }

    /** A question that can be taken back: its asker hears nothing then. */
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

    /**
     * Whether the interface can be asked, and has answered within the last so many nanoseconds without a failure
     * since.
     */
    public boolean wellFor(long nanos) {
        return available() && !paused && well && time.nanos() - wellAt <= nanos;
    }

    /** Whether there is a REST interface to ask. */
    public boolean available() {
        return settings.restBase() != null;
    }

    /**
     * Asks, now or when its turn has come. No answer comes before this returns.
     *
     * @param pathAndQuery from the first slash; only where {@link #available}
     */
    public Pending ask(String pathAndQuery, Asker asker) {
        Question question = new Question(address(pathAndQuery), asker);
        if (question.uri == null) {
            unaskable.add(question);
        } else {
            queue.add(question);
            pump();
        }
        return () -> question.cancelled = true;
    }

    /** Null where it is none: what the venue has sent may be part of it, and must end nothing but the question. */
    private URI address(String pathAndQuery) {
        try {
            return URI.create(settings.restBase() + pathAndQuery);
        } catch (IllegalArgumentException e) {
            LOG.warn("Not asked, since it is no address: {}", e.getMessage());
            return null;
        }
    }

    public void answered(int request, HttpAnswer answer) {
        Question question = underWay.remove(request);
        if (question == null) {
            return;
        }
        long retCode = answer.status() == 200 ? retCode(answer.body()) : -1;
        if (answer.status() == 403) {
            pause(BAN, "the venue answered 403");
        } else if (answer.status() == 429 || retCode == 10006 || retCode == 10018 || retCode == 429) {
            pause(pauseAfter(answer), "the venue answered " + (retCode > 0 ? retCode : answer.status()));
        }
        if (question.cancelled) {
            return;
        }
        if (retCode == 0) {
            nextPause = SECOND;
            well = true;
            wellAt = time.nanos();
            question.asker.answered(answer.body());
        } else {
            String reason = "the venue answered " + (answer.status() == 200 ? "retCode " + retCode : answer.status());
            fail(question, reason, RestFailure.of(answer, time.micros() / 1_000));
        }
        pump();
    }

    public void unanswered(int request, String reason) {
        Question question = underWay.remove(request);
        if (question != null && !question.cancelled) {
            fail(question, reason);
        }
        pump();
    }

    public void tick() {
        for (int left = unaskable.size(); left > 0; left--) {
            fail(unaskable.poll(), "the question makes no address");
        }
        long limit = settings.limits().rest().toNanos();
        for (Integer request : underWay.keySet().toArray(new Integer[0])) {
            if (time.nanos() - underWay.get(request).sentAt > limit) {
                unanswered(
                        request, "no answer within " + settings.limits().rest().toMillis() + " ms");
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
        }
        while (!queue.isEmpty() && !paused && underWay.size() < UNDER_WAY && sentThisSecond < A_SECOND) {
            Question question = queue.poll();
            if (!question.cancelled) {
                sentThisSecond++;
                figures.restRequests++;
                question.sentAt = now;
                int request = identifiers.next();
                underWay.put(request, question);
                question.asker.sent();
                network.get(request, question.uri);
            }
        }
        while (queue.size() > MAX_QUEUE) {
            fail(queue.poll(), "too many questions wait");
        }
    }

    private void fail(Question question, String reason) {
        fail(question, reason, RestFailure.unusable("no whole answer: " + reason));
    }

    private void fail(Question question, String reason, RestFailure failure) {
        figures.restFailures++;
        well = false;
        if (!question.cancelled) {
            question.asker.failed(
                    paused ? reason + "; " + pauseReason + ", so nothing is asked for a while" : reason, failure);
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

    /** Answers to what was under way with the first that was refused do not double the wait. */
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

    /** The venue's own code, or -1 where the body has none. */
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

package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.StreamSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** A connection, its streams, and the venue's limits on it. Times in milliseconds since 1970. */
final class BinanceSession {

    private static final int SPOT_MESSAGES_PER_SECOND = 5;
    private static final int FUTURES_MESSAGES_PER_SECOND = 10;
    private static final long SPOT_PING_MILLIS = 20_000;
    private static final long SPOT_PONG_MILLIS = 60_000;
    private static final long FUTURES_PING_MILLIS = 180_000;
    private static final long FUTURES_PONG_MILLIS = 600_000;

    private final StreamSession session;
    private final StreamPath.StreamGroup group;
    private final long openedAt;
    private final boolean spot;
    private final Set<String> streams = new LinkedHashSet<>();
    private final Set<String> withoutMarket = new LinkedHashSet<>();
    private final long[] messages;
    private int nextMessage;
    private long pingedAt;
    /** Times of the pings without a pong, oldest first, which are also their payloads. */
    private final Deque<Long> unanswered = new ArrayDeque<>();

    BinanceSession(StreamSession session, StreamPath.StreamGroup group, long openedAt) {
        this.session = session;
        this.group = group;
        this.openedAt = openedAt;
        this.spot = session.category() == ProductCategory.SPOT;
        this.pingedAt = openedAt;
        this.messages = new long[spot ? SPOT_MESSAGES_PER_SECOND : FUTURES_MESSAGES_PER_SECOND];
    }

    StreamSession session() {
        return session;
    }

    StreamPath.StreamGroup group() {
        return group;
    }

    /** Names of all subscribed streams, also of those that send nothing. */
    Set<String> streams() {
        return streams;
    }

    /** Streams whose symbol is not listed yet. */
    Set<String> withoutMarket() {
        return withoutMarket;
    }

    /** Counts a message of the client, a ping or a pong; false if there are too many within a second. */
    boolean admits(long now) {
        long earliest = messages[nextMessage];
        messages[nextMessage] = now;
        nextMessage = (nextMessage + 1) % messages.length;
        return earliest == 0 || now - earliest >= 1000;
    }

    /** A pong answers the ping of its payload and all before it; any other one answers none. */
    void pong(String payload) {
        boolean known = unanswered.stream().anyMatch(at -> Long.toString(at).equals(payload));
        while (known && !Long.toString(unanswered.remove()).equals(payload)) {
            // An earlier ping, which needs no pong of its own.
        }
    }

    /** Sends a ping if one is due; false if the client has not answered in time. */
    boolean alive(long now) {
        if (!unanswered.isEmpty() && now - unanswered.peek() > (spot ? SPOT_PONG_MILLIS : FUTURES_PONG_MILLIS)) {
            return false;
        }
        if (now - pingedAt >= (spot ? SPOT_PING_MILLIS : FUTURES_PING_MILLIS)) {
            pingedAt = now;
            unanswered.add(now);
            session.ping(Long.toString(now));
        }
        return true;
    }

    long age(long now) {
        return now - openedAt;
    }
}

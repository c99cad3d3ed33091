package dev.livefeed.exchange.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of faults. */
public enum FaultKind {
    /** Closes the connection. */
    DROP(Scope.CONNECTION),
    /** Resets the connection in the middle of the next data frame. */
    RESET(Scope.CONNECTION),
    /** The connection stays open, but nothing is sent or read any more. */
    HALF_OPEN(Scope.CONNECTION),
    /** No data for a time, which is lost; pings are answered unless {@code pongs=false}. */
    STALL(Scope.CONNECTION),
    /** The end of the connection is announced, where the venue announces it, and follows after a time. */
    SHUTDOWN(Scope.CONNECTION),
    /** Frames of a topic are not sent. */
    LOST(Scope.FRAME),
    /** Frames of a topic are sent twice. */
    DUPLICATE(Scope.FRAME),
    /** A frame of a topic is sent after the one that follows it. */
    REORDER(Scope.FRAME),
    /** Frames of a topic are truncated, so that they are not valid JSON. */
    BROKEN(Scope.FRAME),
    /** Frames of a topic have one more row, or level, which cannot be read. */
    BAD_ROW(Scope.FRAME),
    /** The size of a level in frames of a topic cannot be read. */
    BAD_LEVEL(Scope.FRAME),
    /** The id of a trade, or the last one of an update, in frames of a topic is far too high. */
    WRONG_ID(Scope.FRAME),
    /** All numbers of frames of a topic are text. */
    QUOTED(Scope.FRAME),
    /** A size in frames of a topic has 20 digits. */
    WIDE(Scope.FRAME),
    /** The snapshot of a book topic has more levels than the topic. */
    DEEP(Scope.FRAME),
    /** Frames of a candle topic are followed by others of the same candles with a larger volume. */
    CORRECTED(Scope.FRAME),
    /** The first frames of a subscription are delayed, in order. */
    SLOW_SNAPSHOT(Scope.FRAME),
    /** Deltas arrive before the snapshot, which is delayed. */
    EARLY_DELTA(Scope.FRAME),
    /** Book topics restart at update id 1. */
    RESTART(Scope.FEED),
    /** Book topics send a snapshot in mid-stream with the next update id. */
    SNAPSHOT(Scope.FEED),
    /** Book topics are pushed at a given rate. */
    BURST(Scope.FEED),
    /** Subscriptions to a topic are rejected as unknown. */
    REFUSE(Scope.REQUEST),
    /** Requests that name a topic fail with "Server error" and have no effect. */
    SERVER_ERROR(Scope.REQUEST),
    /** Acknowledgements are delayed until after the first data. */
    LATE_ACK(Scope.REQUEST),
    /** WebSocket handshakes are rejected with an HTTP status. */
    HANDSHAKE(Scope.HTTP),
    /** REST requests are answered with an HTTP status, or with status 200 and an error code. */
    REST(Scope.HTTP),
    /** The snapshot of a book from REST is the one of the request before. */
    STALE_SNAPSHOT(Scope.HTTP),
    /** REST answers are delayed. */
    SLOW_REST(Scope.HTTP),
    /** The exchange's clock is wrong by an offset. */
    CLOCK_SKEW(Scope.CLOCK);

    /** What a kind of fault applies to. */
    enum Scope {
        CONNECTION,
        FRAME,
        FEED,
        REQUEST,
        HTTP,
        CLOCK
    }

    private final Scope scope;

    FaultKind(Scope scope) {
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    /** The name in parameters, such as "lost" or "half-open". */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FaultKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(FaultKind::id).collect(Collectors.joining(", "));
    }
}

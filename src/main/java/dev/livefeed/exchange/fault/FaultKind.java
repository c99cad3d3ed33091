package dev.livefeed.exchange.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The faults by name. */
public enum FaultKind {
    /** Closes the connection. */
    DROP(Reach.CONNECTION),
    /** Tears the connection down in the middle of the next data frame. */
    RESET(Reach.CONNECTION),
    /** The connection stays open but nothing is sent or heard on it ever again. */
    HALF_OPEN(Reach.CONNECTION),
    /** Data stops for a time; pings are answered unless told otherwise. What was not sent is gone. */
    STALL(Reach.CONNECTION),
    /** Frames of a topic are not sent. */
    LOST(Reach.FRAME),
    /** Frames of a topic are sent twice. */
    DUPLICATE(Reach.FRAME),
    /** A frame of a topic is sent after the one that follows it. */
    REORDER(Reach.FRAME),
    /** Frames of a topic are cut short, so that they are no JSON. */
    BROKEN(Reach.FRAME),
    /** The first frames of a subscription come late, in order. */
    SLOW_SNAPSHOT(Reach.FRAME),
    /** Deltas come before the snapshot, which comes late. */
    EARLY_DELTA(Reach.FRAME),
    /** Book topics start again with update id 1. */
    RESTART(Reach.FEED),
    /** Book topics send a snapshot in mid-stream, under the next update id. */
    SNAPSHOT(Reach.FEED),
    /** Book topics are pushed as often as asked for. */
    BURST(Reach.FEED),
    /** Subscriptions to a topic are refused as unknown. */
    REFUSE(Reach.REQUEST),
    /** Requests that name a topic fail with "Server error", and nothing is done. */
    TROUBLE(Reach.REQUEST),
    /** Acknowledgements come late, after the first data. */
    LATE_ACK(Reach.REQUEST),
    /** WebSocket handshakes are answered with an HTTP status. */
    HANDSHAKE(Reach.HTTP),
    /** REST requests are answered with an HTTP status, or with status 200 and an error code. */
    REST(Reach.HTTP),
    /** REST answers come late. */
    SLOW_REST(Reach.HTTP),
    /** The exchange's clock is off. */
    CLOCK_SKEW(Reach.CLOCK);

    /** What a kind acts on. */
    enum Reach {
        CONNECTION,
        FRAME,
        FEED,
        REQUEST,
        HTTP,
        CLOCK
    }

    private final Reach reach;

    FaultKind(Reach reach) {
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    /** The name in commands: "lost", "half-open". */
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

package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.FrameForm;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The faults of one connection and the frames delayed on it. */
final class ConnectionFault {

    private static final long MAX_HALF_OPEN_MILLIS = 15 * 60_000;
    private static final int MAX_DELAYED_FRAMES = 10_000;

    private final StreamSession session;
    private final Map<String, TextFrame> reordered = new HashMap<>();
    private final Map<String, Delayed> delayed = new HashMap<>();
    private final List<Delayed> delayedReplies = new ArrayList<>();
    private boolean resetOnNextFrame;
    private boolean halfOpen;
    private boolean pongs = true;
    private long silentSince;
    private long silentUntil;
    private long closesAt;

    /** Frames to send at a time; with {@code resend}, followed by a fresh snapshot. */
    private record Delayed(long until, boolean resend, List<TextFrame> frames) {}

    ConnectionFault(StreamSession session) {
        this.session = session;
    }

    void resetOnNextFrame() {
        resetOnNextFrame = true;
    }

    void stall(long now, long until, boolean keepPongs) {
        silentSince = now;
        silentUntil = until;
        pongs = keepPongs;
        session.setReadingPaused(!keepPongs);
    }

    /** Announces the end of the connection, as Binance does on spot only, and closes it at a time. */
    void shutdown(long now, long at) {
        if (closesAt == 0) {
            closesAt = at;
            String event = "{\"e\":\"serverShutdown\",\"E\":" + now + "}";
            if (session.category() == ProductCategory.SPOT && session.form() == FrameForm.RAW) {
                session.send(TextFrame.of(event));
            } else if (session.category() == ProductCategory.SPOT && session.form() == FrameForm.COMBINED) {
                session.send(TextFrame.of("{\"stream\":\"!serverShutdown\",\"data\":" + event + "}"));
            }
        }
    }

    void halfOpen(long now) {
        halfOpen = true;
        stall(now, Long.MAX_VALUE, false);
    }

    /** Ends stalls and half-open state. */
    void clear() {
        if (silentUntil != 0) {
            silentUntil = 0;
            halfOpen = false;
            pongs = true;
            session.setReadingPaused(false);
        }
        resetOnNextFrame = false;
        closesAt = 0;
    }

    boolean acceptsRequests() {
        return !halfOpen;
    }

    boolean sendsReplies(long now) {
        return pongs || silentUntil <= now;
    }

    void delayReply(TextFrame frame, long until) {
        delayedReplies.add(new Delayed(until, false, List.of(frame)));
    }

    /** Delays the first frames of a topic until a time, keeping their order. */
    void delayFirst(String topic, TextFrame first, long until) {
        Delayed delayedFrames = new Delayed(until, false, new ArrayList<>());
        delayedFrames.frames().add(first);
        delayed.put(topic, delayedFrames);
    }

    /** Starts a topic without its snapshot, which is sent at a time. */
    void delaySnapshot(String topic, long until) {
        delayed.put(topic, new Delayed(until, true, List.of()));
    }

    /** Sends a frame after the next one of its topic. */
    void sendAfterNext(String topic, TextFrame frame) {
        reordered.put(topic, frame);
    }

    /** Whether the frame must not be sent now; it is then delayed or dropped. */
    boolean withholds(String topic, TextFrame frame, long now) {
        if (resetOnNextFrame) {
            resetOnNextFrame = false;
            session.resetWithin(frame);
            return true;
        }
        if (silentUntil > now) {
            return true;
        }
        Delayed delayedFrames = delayed.get(topic);
        if (delayedFrames == null || delayedFrames.resend()) {
            return false;
        }
        if (delayedFrames.frames().size() < MAX_DELAYED_FRAMES) {
            delayedFrames.frames().add(frame);
        } else {
            session.close();
        }
        return true;
    }

    /** Sends a frame, followed by the one that it was swapped with, if any. */
    void send(String topic, TextFrame frame) {
        session.send(frame);
        TextFrame previous = reordered.remove(topic);
        if (previous != null) {
            session.send(previous);
        }
    }

    /** Ends the faults whose time is over and sends the frames that are due. */
    void release(TopicHub hub, long now) {
        if (closesAt != 0 && closesAt <= now) {
            closesAt = Long.MAX_VALUE;
            session.close();
        }
        // A half-open connection is not read, so a client that is gone is only detected by this limit.
        if (halfOpen && now - silentSince > MAX_HALF_OPEN_MILLIS) {
            session.close();
        }
        if (silentUntil != 0 && silentUntil <= now) {
            clear();
        }
        delayedReplies.removeIf(reply -> {
            boolean due = reply.until() <= now;
            if (due) {
                reply.frames().forEach(session::send);
            }
            return due;
        });
        Iterator<Map.Entry<String, Delayed>> entries = delayed.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Delayed> entry = entries.next();
            if (entry.getValue().until() <= now) {
                entries.remove();
                entry.getValue().frames().forEach(session::send);
                if (entry.getValue().resend()) {
                    hub.resendSnapshot(session, entry.getKey());
                }
            }
        }
    }
}

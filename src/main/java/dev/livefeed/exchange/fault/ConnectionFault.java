package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What is wrong with one connection, and what is held back on it. */
final class ConnectionFault {

    private static final long MAX_HALF_OPEN_MILLIS = 15 * 60_000;
    private static final int MAX_HELD = 10_000;

    private final StreamSession session;
    private final Map<String, TextFrame> overtaken = new HashMap<>();
    private final Map<String, Late> late = new HashMap<>();
    private final List<Late> lateReplies = new ArrayList<>();
    private boolean tearNext;
    private boolean halfOpen;
    private boolean pongs = true;
    private long silentSince;
    private long silentUntil;

    /** Frames that are sent at a time; with resend, a fresh snapshot after them. */
    private record Late(long until, boolean resend, List<TextFrame> frames) {}

    ConnectionFault(StreamSession session) {
        this.session = session;
    }

    void tearNext() {
        tearNext = true;
    }

    void stall(long now, long until, boolean keepPongs) {
        silentSince = now;
        silentUntil = until;
        pongs = keepPongs;
        session.freeze(!keepPongs);
    }

    void halfOpen(long now) {
        halfOpen = true;
        stall(now, Long.MAX_VALUE, false);
    }

    /** Lets it speak again. */
    void heal() {
        if (silentUntil != 0) {
            silentUntil = 0;
            halfOpen = false;
            pongs = true;
            session.freeze(false);
        }
        tearNext = false;
    }

    boolean hears() {
        return !halfOpen;
    }

    boolean replies(long now) {
        return pongs || silentUntil <= now;
    }

    void replyLater(TextFrame frame, long until) {
        lateReplies.add(new Late(until, false, List.of(frame)));
    }

    /** The first frames of a topic come at a time, in order. */
    void hold(String topic, TextFrame first, long until) {
        Late held = new Late(until, false, new ArrayList<>());
        held.frames().add(first);
        late.put(topic, held);
    }

    /** A topic begins without its snapshot, which comes at a time. */
    void snapshotLater(String topic, long until) {
        late.put(topic, new Late(until, true, List.of()));
    }

    /** A frame is sent after the next one of its topic. */
    void overtake(String topic, TextFrame frame) {
        overtaken.put(topic, frame);
    }

    /** Whether the frame cannot be sent now; it is then held or gone. */
    boolean keeps(String topic, TextFrame frame, long now) {
        if (tearNext) {
            tearNext = false;
            session.tear(frame);
            return true;
        }
        if (silentUntil > now) {
            return true;
        }
        Late held = late.get(topic);
        if (held == null || held.resend()) {
            return false;
        }
        if (held.frames().size() < MAX_HELD) {
            held.frames().add(frame);
        } else {
            session.close();
        }
        return true;
    }

    /** Sends a frame, and the one it has overtaken. */
    void send(String topic, TextFrame frame) {
        session.send(frame);
        TextFrame before = overtaken.remove(topic);
        if (before != null) {
            session.send(before);
        }
    }

    /** Ends what is over by now. */
    void release(TopicHub hub, long now) {
        // Nobody reads from a half-open connection, so only this notices when the client has long gone.
        if (halfOpen && now - silentSince > MAX_HALF_OPEN_MILLIS) {
            session.close();
        }
        if (silentUntil != 0 && silentUntil <= now) {
            heal();
        }
        lateReplies.removeIf(reply -> {
            boolean due = reply.until() <= now;
            if (due) {
                reply.frames().forEach(session::send);
            }
            return due;
        });
        Iterator<Map.Entry<String, Late>> each = late.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Late> entry = each.next();
            if (entry.getValue().until() <= now) {
                each.remove();
                entry.getValue().frames().forEach(session::send);
                if (entry.getValue().resend()) {
                    hub.tellAgain(session, entry.getKey());
                }
            }
        }
    }
}

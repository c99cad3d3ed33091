package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.stream.FaultHook;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays the faults that were ordered. The thread that owns the exchange owns this too. */
public final class FaultScheduler implements FaultHook {

    private static final int MAX_ACTIVE = 1000;
    private static final long STEPS_PER_SECOND = 100;

    private final List<ActiveFault> active = new ArrayList<>();
    private final Map<StreamSession, ConnectionFault> afflictions = new HashMap<>();
    private final Map<Integer, Long> burstsUntil = new HashMap<>();
    private int lastId;
    private long now;
    private long burstCarry;

    /** What is known of an ordered fault. */
    public record Entry(int id, Fault fault, long happened) {}

    /**
     * Orders a fault.
     *
     * @return its number
     * @throws IllegalArgumentException if there are too many already
     */
    public int order(Fault fault) {
        if (active.size() >= MAX_ACTIVE) {
            throw new IllegalArgumentException("there are " + MAX_ACTIVE + " faults, clear some first");
        }
        ActiveFault one = new ActiveFault(++lastId, fault, now);
        if (waits(fault)) {
            // What waits for a frame or a request must not miss the very next one.
            one.begins(now);
        }
        active.add(one);
        return lastId;
    }

    /** Ends all faults; silent connections speak again, torn ones stay torn. */
    public void clear() {
        active.clear();
        burstsUntil.clear();
        afflictions.values().forEach(ConnectionFault::heal);
    }

    public List<Entry> list() {
        return active.stream()
                .map(one -> new Entry(one.id(), one.fault(), one.happened()))
                .toList();
    }

    /**
     * Begins what is due and lets go of what was held back.
     *
     * @param time milliseconds since 1970 on the true clock
     * @return how far the clock shall be off from now on; empty if that does not change
     */
    public Optional<Long> advance(long time, TopicHub hub) {
        now = time;
        Optional<Long> skew = Optional.empty();
        for (ActiveFault one : active) {
            if (one.begins(now)) {
                if (one.fault().kind() == FaultKind.CLOCK_SKEW) {
                    one.happens();
                    one.endRound();
                    skew = Optional.of(one.fault().millis());
                } else {
                    begin(one, hub);
                }
            }
        }
        // A clock stays wrong until it is set right, and the list says so.
        active.removeIf(one -> one.over() && one.fault().kind() != FaultKind.CLOCK_SKEW);
        afflictions.values().forEach(affliction -> affliction.release(hub, now));
        return skew;
    }

    private void begin(ActiveFault one, TopicHub hub) {
        Fault fault = one.fault();
        switch (fault.kind().reach()) {
            case CONNECTION -> {
                for (StreamSession session : List.copyOf(hub.sessions())) {
                    if (one.armed() && fault.reaches(session.category(), fault.topic(), session.connectionId())) {
                        one.happens();
                        afflict(session, fault);
                    }
                }
                one.endRound();
            }
            case FEED -> {
                if (fault.kind() == FaultKind.BURST) {
                    burstsUntil.put(one.id(), now + fault.millis());
                    return;
                }
                boolean restart = fault.kind() == FaultKind.RESTART;
                one.happens(hub.resnapshot(chosenBy(fault), restart));
                one.endRound();
            }
            default -> {
                // Waits for a frame, a request or an answer.
            }
        }
    }

    private static boolean waits(Fault fault) {
        return switch (fault.kind().reach()) {
            case FRAME, REQUEST, HTTP -> true;
            default -> false;
        };
    }

    private void afflict(StreamSession session, Fault fault) {
        switch (fault.kind()) {
            case DROP -> session.close();
            case RESET -> affliction(session).tearNext();
            case HALF_OPEN -> affliction(session).halfOpen(now);
            default -> affliction(session).stall(now, now + fault.millis(), fault.pongs());
        }
    }

    private ConnectionFault affliction(StreamSession session) {
        return afflictions.computeIfAbsent(session, ConnectionFault::new);
    }

    /** Pushes bursts for one step of time. */
    public void burst(TopicHub hub) {
        for (ActiveFault one : active) {
            Long until = burstsUntil.get(one.id());
            if (until == null) {
                continue;
            }
            if (now >= until || !one.armed()) {
                burstsUntil.remove(one.id());
                one.endRound();
                continue;
            }
            burstCarry += one.fault().rate();
            int frames = (int) (burstCarry / STEPS_PER_SECOND);
            burstCarry %= STEPS_PER_SECOND;
            one.happens(hub.burst(chosenBy(one.fault()), frames));
        }
    }

    private static TopicHub.Choice chosenBy(Fault fault) {
        return (category, topic) -> fault.reaches(category, topic, fault.connection());
    }

    @Override
    public void push(StreamSession session, String topic, TextFrame frame, boolean first) {
        ConnectionFault affliction = afflictions.get(session);
        if (affliction != null && affliction.keeps(topic, frame, now)) {
            return;
        }
        ActiveFault fault = armed(session, topic, first);
        if (fault != null) {
            fault.happens();
            spoil(fault.fault(), session, topic, frame);
        } else if (affliction != null) {
            affliction.send(topic, frame);
        } else {
            session.send(frame);
        }
    }

    private void spoil(Fault fault, StreamSession session, String topic, TextFrame frame) {
        switch (fault.kind()) {
            case LOST -> {}
            case DUPLICATE -> {
                session.send(frame);
                session.send(frame);
            }
            case BROKEN ->
                session.send(TextFrame.of(frame.text().substring(0, frame.text().length() * 2 / 3)));
            case REORDER -> affliction(session).overtake(topic, frame);
            case SLOW_SNAPSHOT -> affliction(session).hold(topic, frame, now + fault.millis());
            case EARLY_DELTA -> affliction(session).snapshotLater(topic, now + fault.millis());
            default -> throw new IllegalStateException("no fault of frames: " + fault.kind());
        }
    }

    private ActiveFault armed(StreamSession session, String topic, boolean first) {
        for (ActiveFault one : active) {
            Fault fault = one.fault();
            if (one.armed()
                    && fault.kind().reach() == FaultKind.Reach.FRAME
                    && first == ofFirstFrames(fault.kind())
                    && fault.reaches(session.category(), topic, session.connectionId())) {
                return one;
            }
        }
        return null;
    }

    private static boolean ofFirstFrames(FaultKind kind) {
        return kind == FaultKind.SLOW_SNAPSHOT || kind == FaultKind.EARLY_DELTA;
    }

    @Override
    public void reply(StreamSession session, TextFrame frame) {
        ConnectionFault affliction = afflictions.get(session);
        if (affliction != null && !affliction.replies(now)) {
            return;
        }
        // Pongs stay prompt; what is late is the word that a request was heard.
        Optional<Fault> late = frame.text().contains("pong")
                ? Optional.empty()
                : answersWith(FaultKind.LATE_ACK, session.category(), "");
        if (late.isPresent()) {
            affliction(session).replyLater(frame, now + late.get().millis());
        } else {
            session.send(frame);
        }
    }

    @Override
    public boolean refuses(ProductCategory category, String topic) {
        return answersWith(FaultKind.REFUSE, category, topic).isPresent();
    }

    @Override
    public boolean troubles(ProductCategory category, String topic) {
        return answersWith(FaultKind.TROUBLE, category, topic).isPresent();
    }

    @Override
    public boolean hears(StreamSession session) {
        ConnectionFault affliction = afflictions.get(session);
        return affliction == null || affliction.hears();
    }

    @Override
    public void gone(StreamSession session) {
        afflictions.remove(session);
    }

    /** The fault that answers a handshake or a REST request, if one is due; it has then happened. */
    public Optional<Fault> answersWith(FaultKind kind, ProductCategory category, String text) {
        for (ActiveFault one : active) {
            Fault fault = one.fault();
            if (one.armed() && fault.kind() == kind && fault.reaches(category, text, fault.connection())) {
                one.happens();
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}

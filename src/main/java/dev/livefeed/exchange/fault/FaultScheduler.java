package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.FaultHook;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Injects the scheduled faults. Not thread-safe: owned by the market thread. */
public final class FaultScheduler implements FaultHook {

    private static final int MAX_ACTIVE = 1000;
    private static final long STEPS_PER_SECOND = 100;

    private final List<ActiveFault> active = new ArrayList<>();
    /** In the order of their first fault, so that the same seed sends delayed frames in the same order. */
    private final Map<StreamSession, ConnectionFault> connectionFaults = new LinkedHashMap<>();

    private final Map<Integer, Long> burstsUntil = new HashMap<>();
    private int lastId;
    private long now;
    private long burstCarry;

    /** A scheduled fault and how often it has happened. */
    public record Entry(int id, Fault fault, long occurrences) {}

    /**
     * Schedules a fault.
     *
     * @return id of the fault
     * @throws IllegalArgumentException if too many faults are active
     */
    public int schedule(Fault fault) {
        if (active.size() >= MAX_ACTIVE) {
            throw new IllegalArgumentException(MAX_ACTIVE + " faults are active, which is the limit; clear them first");
        }
        ActiveFault activeFault = new ActiveFault(++lastId, fault, now);
        if (waitsForTraffic(fault)) {
            // A fault of frames or requests must not miss the very next one.
            activeFault.startRound(now);
        }
        active.add(activeFault);
        return lastId;
    }

    /** Ends all faults. Stalled connections resume; closed ones stay closed. */
    public void clear() {
        active.clear();
        burstsUntil.clear();
        connectionFaults.values().forEach(ConnectionFault::clear);
    }

    public List<Entry> list() {
        return active.stream()
                .map(activeFault -> new Entry(activeFault.id(), activeFault.fault(), activeFault.occurrences()))
                .toList();
    }

    /**
     * Starts the faults that are due and sends the frames whose delay is over.
     *
     * @param time milliseconds since 1970 on the true clock
     * @return new offset of the clock in milliseconds; empty if it does not change
     */
    public Optional<Long> advance(long time, TopicHub hub) {
        now = time;
        Optional<Long> skew = Optional.empty();
        for (ActiveFault activeFault : active) {
            if (activeFault.startRound(now)) {
                if (activeFault.fault().kind() == FaultKind.CLOCK_SKEW) {
                    activeFault.record();
                    activeFault.endRound();
                    skew = Optional.of(activeFault.fault().millis());
                } else {
                    start(activeFault, hub);
                }
            }
        }
        // A clock skew stays listed until it is cleared.
        active.removeIf(
                activeFault -> activeFault.finished() && activeFault.fault().kind() != FaultKind.CLOCK_SKEW);
        connectionFaults.values().forEach(connectionFault -> connectionFault.release(hub, now));
        return skew;
    }

    private void start(ActiveFault activeFault, TopicHub hub) {
        Fault fault = activeFault.fault();
        switch (fault.kind().scope()) {
            case CONNECTION -> {
                for (StreamSession session : List.copyOf(hub.sessions())) {
                    if (activeFault.armed()
                            && fault.target()
                                    .matches(session.category(), fault.target().topic(), session.connectionId())) {
                        activeFault.record();
                        apply(session, fault);
                    }
                }
                activeFault.endRound();
            }
            case FEED -> {
                if (fault.kind() == FaultKind.BURST) {
                    burstsUntil.put(activeFault.id(), now + fault.millis());
                    return;
                }
                boolean restart = fault.kind() == FaultKind.RESTART;
                activeFault.record(hub.resnapshot(filter(fault), restart));
                activeFault.endRound();
            }
            default -> {
                // Applied to the next frame, request or answer.
            }
        }
    }

    private static boolean waitsForTraffic(Fault fault) {
        return switch (fault.kind().scope()) {
            case FRAME, REQUEST, HTTP -> true;
            default -> false;
        };
    }

    private void apply(StreamSession session, Fault fault) {
        switch (fault.kind()) {
            case DROP -> session.close();
            case RESET -> connectionFault(session).resetOnNextFrame();
            case HALF_OPEN -> connectionFault(session).halfOpen(now);
            case SHUTDOWN -> connectionFault(session).shutdown(now, now + fault.millis());
            default -> connectionFault(session).stall(now, now + fault.millis(), fault.pongs());
        }
    }

    private ConnectionFault connectionFault(StreamSession session) {
        return connectionFaults.computeIfAbsent(session, ConnectionFault::new);
    }

    /** Pushes the frames of active bursts for one step of time. */
    public void burst(TopicHub hub) {
        for (ActiveFault activeFault : active) {
            Long until = burstsUntil.get(activeFault.id());
            if (until == null) {
                continue;
            }
            if (now >= until || !activeFault.armed()) {
                burstsUntil.remove(activeFault.id());
                activeFault.endRound();
                continue;
            }
            burstCarry += activeFault.fault().rate();
            int frames = (int) (burstCarry / STEPS_PER_SECOND);
            burstCarry %= STEPS_PER_SECOND;
            activeFault.record(hub.burst(filter(activeFault.fault()), frames));
        }
    }

    private static TopicHub.TopicFilter filter(Fault fault) {
        return (category, topic) ->
                fault.target().matches(category, topic, fault.target().connection());
    }

    @Override
    public void push(StreamSession session, String topic, TextFrame frame, boolean first) {
        ConnectionFault connectionFault = connectionFaults.get(session);
        if (connectionFault != null && connectionFault.withholds(topic, frame, now)) {
            return;
        }
        ActiveFault fault = armed(session, topic, first);
        if (fault != null) {
            fault.record();
            applyToFrame(fault.fault(), session, topic, frame);
        } else if (connectionFault != null) {
            connectionFault.send(topic, frame);
        } else {
            session.send(frame);
        }
    }

    private void applyToFrame(Fault fault, StreamSession session, String topic, TextFrame frame) {
        switch (fault.kind()) {
            case LOST -> {}
            case DUPLICATE -> {
                session.send(frame);
                session.send(frame);
            }
            case BROKEN ->
                session.send(TextFrame.of(frame.text().substring(0, frame.text().length() * 2 / 3)));
            case BAD_ROW, BAD_LEVEL, WRONG_ID, QUOTED, WIDE, DEEP ->
                session.send(TextFrame.of(FrameDamage.of(fault.kind(), frame.text())));
            case CORRECTED -> {
                session.send(frame);
                session.send(TextFrame.of(FrameDamage.of(fault.kind(), frame.text())));
            }
            case REORDER -> connectionFault(session).sendAfterNext(topic, frame);
            case SLOW_SNAPSHOT -> connectionFault(session).delayFirst(topic, frame, now + fault.millis());
            case EARLY_DELTA -> connectionFault(session).delaySnapshot(topic, now + fault.millis());
            default -> throw new IllegalStateException("not a fault of frames: " + fault.kind());
        }
    }

    private ActiveFault armed(StreamSession session, String topic, boolean first) {
        for (ActiveFault activeFault : active) {
            Fault fault = activeFault.fault();
            if (activeFault.armed()
                    && fault.kind().scope() == FaultKind.Scope.FRAME
                    && actsOn(fault.kind(), first)
                    && fault.target().matches(session.category(), topic, session.connectionId())) {
                return activeFault;
            }
        }
        return null;
    }

    private static boolean actsOn(FaultKind kind, boolean firstFrame) {
        return switch (kind) {
            case SLOW_SNAPSHOT, EARLY_DELTA, DEEP -> firstFrame;
            // A snapshot is damaged like any other frame.
            case BAD_ROW, QUOTED, WIDE -> true;
            default -> !firstFrame;
        };
    }

    @Override
    public void reply(StreamSession session, TextFrame frame) {
        ConnectionFault connectionFault = connectionFaults.get(session);
        if (connectionFault != null && !connectionFault.sendsReplies(now)) {
            return;
        }
        // Only acknowledgements are delayed, not pongs.
        Optional<Fault> late =
                frame.text().contains("pong") ? Optional.empty() : takeDue(FaultKind.LATE_ACK, session.category(), "");
        if (late.isPresent()) {
            connectionFault(session).delayReply(frame, now + late.get().millis());
        } else {
            session.send(frame);
        }
    }

    @Override
    public boolean refusesTopic(ProductCategory category, String topic) {
        return takeDue(FaultKind.REFUSE, category, topic).isPresent();
    }

    @Override
    public boolean failsRequest(ProductCategory category, String topic) {
        return takeDue(FaultKind.SERVER_ERROR, category, topic).isPresent();
    }

    @Override
    public boolean acceptsRequests(StreamSession session) {
        ConnectionFault connectionFault = connectionFaults.get(session);
        return connectionFault == null || connectionFault.acceptsRequests();
    }

    @Override
    public boolean sendsPings(StreamSession session) {
        ConnectionFault connectionFault = connectionFaults.get(session);
        return connectionFault == null || connectionFault.sendsReplies(now);
    }

    @Override
    public void disconnected(StreamSession session) {
        connectionFaults.remove(session);
    }

    /** The next fault of a kind that matches, counted as having happened; empty if there is none. */
    public Optional<Fault> takeDue(FaultKind kind, ProductCategory category, String text) {
        for (ActiveFault activeFault : active) {
            Fault fault = activeFault.fault();
            if (activeFault.armed()
                    && fault.kind() == kind
                    && fault.target().matches(category, text, fault.target().connection())) {
                activeFault.record();
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}

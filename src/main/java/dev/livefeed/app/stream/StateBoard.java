package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The followed states as last sent. States are read only while a client is subscribed to them: a limited number and
 * for a limited time at each look, the longest due first. Only used by the hub's thread.
 */
final class StateBoard {

    private static final Logger LOG = LoggerFactory.getLogger(StateBoard.class);

    /** Time between two looks. */
    static final long LOOK_MILLIS = 250;
    /** Maximum number of states that are read in one look. */
    static final int MAX_READINGS = 50;

    /** After this time no further state is read in one look. */
    private static final long READING_MILLIS = 100;

    private final Map<String, List<FollowedState>> byChannel = new LinkedHashMap<>();
    private final BiFunction<StateKey, String, String> writer;
    private final LongSupplier millis;
    private final Map<StateKey, Sent> board = new HashMap<>();
    private long lastLook = Long.MIN_VALUE / 2;

    /** A state of an instrument, or of the application (null). */
    record StateKey(FollowedState state, InstrumentId instrument) {}

    /** What was last read, and what was last sent. */
    private static final class Sent {

        private boolean read;
        private long dueAt = Long.MIN_VALUE / 2;
        private long sentAt = Long.MIN_VALUE / 2;
        private FollowedState.Reading reading;
        private StreamMessage text;
    }

    /**
     * @param writer makes a message of a state and its data
     * @param millis a monotonic clock, milliseconds
     */
    StateBoard(List<FollowedState> states, BiFunction<StateKey, String, String> writer, LongSupplier millis) {
        states.forEach(state -> byChannel
                .computeIfAbsent(state.channel(), any -> new ArrayList<>())
                .add(state));
        this.writer = writer;
        this.millis = millis;
    }

    /** Whether the channel carries states. */
    boolean carries(String channel) {
        return byChannel.containsKey(channel);
    }

    /** Whether any client followed a state at the last look. */
    boolean followed() {
        return !board.isEmpty();
    }

    /** Forgets everything: nobody follows a state. */
    void clear() {
        board.clear();
    }

    /** The states of a channel. */
    List<FollowedState> states(String channel) {
        return byChannel.getOrDefault(channel, List.of());
    }

    /** Whether it is time for a look. */
    boolean due(long now) {
        return now - lastLook >= LOOK_MILLIS;
    }

    /**
     * Reads the states that clients are subscribed to, as far as they are due, and schedules the changed ones.
     *
     * @param known the instruments of clients that are subscribed to all
     */
    void look(List<StreamClient> clients, List<InstrumentId> known, long now) {
        lastLook = now;
        Set<StateKey> wanted = wanted(clients, known);
        board.keySet().retainAll(wanted);
        List<StateKey> candidates = new ArrayList<>();
        for (StateKey key : wanted) {
            if (board.computeIfAbsent(key, any -> new Sent()).dueAt <= now) {
                candidates.add(key);
            }
        }
        candidates.sort(Comparator.comparingLong(key -> board.get(key).dueAt));
        long start = millis.getAsLong();
        for (StateKey key : candidates.subList(0, Math.min(MAX_READINGS, candidates.size()))) {
            if (read(key, board.get(key), now)) {
                clients.forEach(client -> client.stateChanged(key));
            }
            if (millis.getAsLong() - start >= READING_MILLIS) {
                break;
            }
        }
    }

    private Set<StateKey> wanted(List<StreamClient> clients, List<InstrumentId> known) {
        Set<StateKey> wanted = new LinkedHashSet<>();
        for (StreamClient client : clients) {
            for (String channel : client.subscription().channels()) {
                for (FollowedState state : states(channel)) {
                    if (state.ofInstruments()) {
                        client.subscription()
                                .symbols(channel, known)
                                .forEach(instrument -> wanted.add(new StateKey(state, instrument)));
                    } else {
                        wanted.add(new StateKey(state, null));
                    }
                }
            }
        }
        return wanted;
    }

    /** Whether there is a new message. */
    private boolean read(StateKey key, Sent sent, long now) {
        FollowedState state = key.state();
        FollowedState.Reading reading;
        try {
            reading = state.reader().apply(key.instrument());
        } catch (RuntimeException e) {
            LOG.warn("stream_failed state={} instrument={}", state.type(), key.instrument(), e);
            reading = sent.reading;
        }
        sent.dueAt = now + state.urgentMillis();
        boolean first = !sent.read;
        sent.read = true;
        if (reading == null) {
            return false;
        }
        FollowedState.Reading before = sent.reading;
        boolean changed = before == null
                || !reading.urgent().equals(before.urgent())
                || !reading.compared().equals(before.compared()) && now - sent.sentAt >= state.millis();
        if (!changed) {
            return first;
        }
        sent.reading = reading;
        sent.sentAt = now;
        sent.text = StreamMessage.of(writer.apply(key, reading.data()));
        return true;
    }

    /** Whether the state has been read, so that {@link #text} is its message, or null if there is none. */
    boolean known(StateKey key) {
        Sent sent = board.get(key);
        return sent != null && sent.read;
    }

    /** The last message of the state. */
    StreamMessage text(StateKey key) {
        Sent sent = board.get(key);
        return sent == null ? null : sent.text;
    }
}

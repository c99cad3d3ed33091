package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.InstrumentId;
import java.util.function.Function;

/**
 * A state of the application that clients follow: sent when they subscribe, and again when it changes.
 *
 * @param channel of the stream
 * @param type of the message
 * @param ofInstruments whether each instrument has its own
 * @param urgentMillis minimum time between two messages if the urgent part has changed
 * @param millis minimum time between two messages otherwise
 * @param reader reads the state of an instrument, or of the application (null); returns null if there is none.
 *     Thread-safe
 */
public record FollowedState(
        String channel,
        String type,
        boolean ofInstruments,
        long urgentMillis,
        long millis,
        Function<InstrumentId, Reading> reader) {

    /**
     * A state at one point in time.
     *
     * @param data JSON text
     * @param compared the part by which a change is noticed; without it, every change of {@code data} is one
     * @param urgent the part whose change is sent sooner
     */
    public record Reading(String data, Object compared, Object urgent) {

        /** A state of which each change counts. */
        public static Reading of(String data) {
            return new Reading(data, data, data);
        }
    }

    /** A state of the application, with one pace. */
    public static FollowedState of(
            String channel, String type, long millis, java.util.function.Supplier<Reading> reader) {
        return new FollowedState(channel, type, false, millis, millis, none -> reader.get());
    }

    /** A state of each instrument, with one pace. */
    public static FollowedState ofInstruments(
            String channel, String type, long millis, Function<InstrumentId, Reading> reader) {
        return new FollowedState(channel, type, true, millis, millis, reader);
    }
}

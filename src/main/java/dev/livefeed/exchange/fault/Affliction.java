package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.wire.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with one connection. */
final class Affliction {

    static final long FOREVER = Long.MAX_VALUE;

    boolean tearNext;
    boolean halfOpen;
    long since;
    long silentUntil;
    boolean pongs = true;
    /** Frames held back to be sent after the next of their topic. */
    final Map<String, Frame> overtaken = new HashMap<>();
    /** Topics whose first frames are late. */
    final Map<String, Late> late = new HashMap<>();

    /** @param resend whether a fresh snapshot is due at the end, in place of the frames held back */
    record Late(long until, boolean resend, List<Frame> held) {

        static Late until(long until, boolean resend) {
            return new Late(until, resend, new ArrayList<>());
        }
    }
}

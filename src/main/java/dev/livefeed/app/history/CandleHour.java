package dev.livefeed.app.history;

import java.nio.ByteBuffer;

/**
 * The minutes of one hour in one array, about 34 bytes each: the number of the minute in the hour, the length of its
 * bytes, and its bytes. Not thread-safe.
 */
final class CandleHour {

    static final int MINUTES = 60;
    static final long MINUTE_MICROS = 60_000_000L;

    private static final byte[] NONE = {};

    private final long hour;
    private byte[] data = NONE;
    /** Minutes of which the exchange's candle was received, or of which it has said that there is none. */
    private long known;

    /** @param hour hours since 1970 */
    CandleHour(long hour) {
        this.hour = hour;
    }

    /** A copy that does not change. The bytes are never changed in place, so it shares them. */
    CandleHour copy() {
        CandleHour copy = new CandleHour(hour);
        copy.data = data;
        copy.known = known;
        return copy;
    }

    long hour() {
        return hour;
    }

    /** Marks a minute as known from the exchange. */
    void known(int minute) {
        known |= 1L << minute;
    }

    boolean isKnown(int minute) {
        return (known >>> minute & 1) == 1;
    }

    /** The sum of a minute, 0 to 59; null if it has no trades. */
    MinuteSum get(int minute) {
        int at = find(minute);
        return at < data.length && data[at] == minute
                ? MinuteSum.read(ByteBuffer.wrap(data, at + 2, length(at)), start(minute))
                : null;
    }

    void put(int minute, MinuteSum sum, ByteBuffer scratch) {
        scratch.clear();
        sum.write(scratch, start(minute));
        int size = scratch.position();
        int at = find(minute);
        int after = at < data.length && data[at] == minute ? at + 2 + length(at) : at;
        byte[] changed = new byte[at + 2 + size + data.length - after];
        System.arraycopy(data, 0, changed, 0, at);
        changed[at] = (byte) minute;
        changed[at + 1] = (byte) size;
        System.arraycopy(scratch.array(), 0, changed, at + 2, size);
        System.arraycopy(data, after, changed, at + 2 + size, data.length - after);
        data = changed;
    }

    /** Removes this minute of the hour and those after it. */
    void removeFrom(int minute) {
        int at = find(minute);
        byte[] kept = new byte[at];
        System.arraycopy(data, 0, kept, 0, at);
        data = kept;
        known &= (1L << minute) - 1;
    }

    int bytes() {
        return data.length;
    }

    /** The place of a minute, or where it would be. */
    private int find(int minute) {
        int at = 0;
        while (at < data.length && data[at] < minute) {
            at += 2 + length(at);
        }
        return at;
    }

    private int length(int at) {
        return data[at + 1] & 0xff;
    }

    private long start(int minute) {
        return (hour * MINUTES + minute) * MINUTE_MICROS;
    }
}

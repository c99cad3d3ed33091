package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The exchange's clock: the local clock plus an offset measured with the venue's REST interface.
 *
 * <p>A measurement takes {@value #MEASUREMENTS} requests; the one with the shortest round trip counts, and its time is
 * taken as that of the middle of the round trip. It is repeated at the configured interval, and at once if the local
 * clock was set, that is, has jumped against the monotonic clock. An older measurement is kept while its uncertainty is
 * lower.
 */
public final class ExchangeClock implements RestClient.Callback, VenueClock {

    private static final int MEASUREMENTS = 5;
    private static final long BETWEEN_SAMPLES = 100_000_000L;
    private static final long AFTER_FAILURE = 10_000_000_000L;
    /** The local clock was set if it moved by this much against the monotonic clock. */
    private static final long JUMP_MICROS = 100_000;
    /** Drift between two ordinary clocks: 50 microseconds per second. */
    private static final long DRIFT_PER_MILLION = 50;

    private final RestClient rest;
    private final String path;
    private final TimeReader reader;
    private final TimeSource time;
    private final long interval;

    private boolean measured;
    private long offsetMicros;
    private long halfTripMicros;
    private long measuredAt;

    private boolean asking;
    private int measurements;
    private long bestTrip = Long.MAX_VALUE;
    private long bestOffset;
    private long nextAt;
    private long sentAt;
    private long clocksApart;

    /** Reads the venue's time from an answer. */
    public interface TimeReader {

        /**
         * Microseconds since 1970.
         *
         * @throws IOException if the answer has no time
         */
        long micros(byte[] body) throws IOException;
    }

    /** @param path asks for the venue's time */
    public ExchangeClock(RestClient rest, String path, TimeReader reader, TimeSource time, Duration interval) {
        this.rest = rest;
        this.path = path;
        this.reader = reader;
        this.time = time;
        this.interval = interval.toNanos();
        this.nextAt = time.nanos();
        this.clocksApart = clocksApart();
    }

    /** Microseconds since 1970 on the exchange's clock; on the local clock if the offset is unknown. */
    @Override
    public long micros() {
        return time.micros() + offsetMicros;
    }

    /** Whether the offset is known. */
    @Override
    public boolean measured() {
        return measured;
    }

    @Override
    public boolean measurable() {
        return rest.available();
    }

    /** How far the exchange's clock is ahead of the local one, in microseconds; 0 if unknown. */
    public long offsetMicros() {
        return offsetMicros;
    }

    /** Maximum error of the offset in microseconds: half of the round trip, and the drift since. */
    public long uncertaintyMicros() {
        return halfTripMicros + (time.nanos() - measuredAt) / 1_000L * DRIFT_PER_MILLION / 1_000_000L;
    }

    public void tick() {
        if (!rest.available()) {
            return;
        }
        long apart = clocksApart();
        if (Math.abs(apart - clocksApart) > JUMP_MICROS) {
            measureAgain();
        }
        clocksApart = apart;
        if (!asking && time.nanos() - nextAt >= 0) {
            asking = true;
            rest.get(path, this);
        }
    }

    /** The old offset remains in use until the new measurement, which replaces it in any case. */
    @Override
    public void measureAgain() {
        measured = false;
        measurements = 0;
        bestTrip = Long.MAX_VALUE;
        nextAt = time.nanos();
    }

    @Override
    public void sent() {
        sentAt = time.nanos();
    }

    @Override
    public void answered(byte[] body) {
        asking = false;
        long now = time.nanos();
        long trip = (now - sentAt) / 1_000L;
        long told;
        try {
            told = reader.micros(body);
        } catch (IOException e) {
            nextAt = now + AFTER_FAILURE;
            return;
        }
        if (trip < bestTrip) {
            bestTrip = trip;
            bestOffset = told - (time.micros() - trip / 2);
        }
        if (++measurements < MEASUREMENTS) {
            nextAt = now + BETWEEN_SAMPLES;
            return;
        }
        if (!measured || bestTrip / 2 <= uncertaintyMicros()) {
            measured = true;
            offsetMicros = bestOffset;
            halfTripMicros = bestTrip / 2;
            measuredAt = now;
        }
        measurements = 0;
        bestTrip = Long.MAX_VALUE;
        nextAt = now + interval;
    }

    @Override
    public void failed(String reason) {
        asking = false;
        nextAt = time.nanos() + AFTER_FAILURE;
    }

    /** Adds the offset to the figures of the heartbeat; nothing before the first measurement. */
    public void show(Map<String, Object> figures) {
        if (measured) {
            figures.put("clock_offset_ms", millis(offsetMicros));
            figures.put("clock_uncertainty_ms", millis(uncertaintyMicros()));
        }
    }

    private static double millis(long micros) {
        return Math.round(micros / 100.0) / 10.0;
    }

    private long clocksApart() {
        return time.micros() - time.nanos() / 1_000L;
    }
}

package dev.livefeed.connector.bybit.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.account.VenueClock;
import dev.livefeed.connector.sdk.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The exchange's clock, told from ours and the offset between the two, which is measured against {@code
 * /v5/market/time}.
 *
 * <p>A measurement is {@value #SAMPLES} questions; the one that was answered soonest counts, and the answer is taken
 * as made half-way. It is repeated at the interval of the settings, and at once when our clock was set: it then
 * differs from the clock that never jumps. An older measurement is kept while it is the more certain one.
 */
public final class ExchangeClock implements RestClient.Asker, VenueClock {

    private static final int SAMPLES = 5;
    private static final long BETWEEN_SAMPLES = 100_000_000L;
    private static final long AFTER_FAILURE = 10_000_000_000L;
    /** Our clock was set if it moved so much against the one that never jumps. */
    private static final long JUMP_MICROS = 100_000;
    /** By how much two ordinary clocks may drift apart: 50 microseconds a second. */
    private static final long DRIFT_PER_MILLION = 50;

    private static final JsonFactory JSON = new JsonFactory();

    private final RestClient rest;
    private final TimeSource time;
    private final long interval;

    private boolean measured;
    private long offsetMicros;
    private long halfTripMicros;
    private long measuredAt;

    private boolean asking;
    private int samples;
    private long bestTrip = Long.MAX_VALUE;
    private long bestOffset;
    private long nextAt;
    private long sentAt;
    private long clocksApart;

    public ExchangeClock(RestClient rest, TimeSource time, Duration interval) {
        this.rest = rest;
        this.time = time;
        this.interval = interval.toNanos();
        this.nextAt = time.nanos();
        this.clocksApart = clocksApart();
    }

    /** Microseconds since 1970 by the exchange's clock; by ours while nothing is measured. */
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

    /** What the exchange's clock shows more than ours, in microseconds; 0 while nothing is measured. */
    public long offsetMicros() {
        return offsetMicros;
    }

    /**
     * By how much the offset may be wrong, in microseconds: half of the question's way there and back, and the drift
     * since.
     */
    long uncertaintyMicros() {
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
            rest.ask("/v5/market/time", this);
        }
    }

    /** The old offset is all there is until the new one is known, but no reason to keep it. */
    @Override
    public void measureAgain() {
        measured = false;
        samples = 0;
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
            told = told(body);
        } catch (IOException e) {
            nextAt = now + AFTER_FAILURE;
            return;
        }
        if (trip < bestTrip) {
            bestTrip = trip;
            bestOffset = told - (time.micros() - trip / 2);
        }
        if (++samples < SAMPLES) {
            nextAt = now + BETWEEN_SAMPLES;
            return;
        }
        if (!measured || bestTrip / 2 <= uncertaintyMicros()) {
            measured = true;
            offsetMicros = bestOffset;
            halfTripMicros = bestTrip / 2;
            measuredAt = now;
        }
        samples = 0;
        bestTrip = Long.MAX_VALUE;
        nextAt = now + interval;
    }

    @Override
    public void failed(String reason) {
        asking = false;
        nextAt = time.nanos() + AFTER_FAILURE;
    }

    /** Adds what is known of the offset to the heartbeat's figures; nothing before the first measurement. */
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

    /**
     * The time in an answer, in microseconds: {@code timeNano} of its result, else the {@code time} of its envelope.
     */
    private static long told(byte[] body) throws IOException {
        long nano = 0;
        long millis = 0;
        try (JsonParser p = JSON.createParser(body)) {
            for (JsonToken token = p.nextToken(); token != null; token = p.nextToken()) {
                if (!token.isScalarValue()) {
                    continue;
                }
                if ("timeNano".equals(p.currentName())) {
                    nano = whole(p.getText());
                } else if ("time".equals(p.currentName())) {
                    millis = whole(p.getText());
                }
            }
        }
        // Both within the years 2009 to 2100: what lies outside is no time.
        if (nano / 1_000_000L >= 1_230_768_000_000L && nano / 1_000_000L < 4_102_444_800_000L) {
            return nano / 1_000L;
        }
        if (millis >= 1_230_768_000_000L && millis < 4_102_444_800_000L) {
            return millis * 1_000L;
        }
        throw new IOException("the answer holds no time");
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

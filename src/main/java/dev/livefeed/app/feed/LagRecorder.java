package dev.livefeed.app.feed;

/** Records the latency of events. */
public interface LagRecorder {

    /**
     * Records one event.
     *
     * @param exchangeMicros from the exchange's time to the receive time, corrected by the measured clock offset
     * @param rawMicros the same without the correction; negative if the clocks differ
     * @param pathMicros from the receive time to the step that records
     */
    void record(long exchangeMicros, long rawMicros, long pathMicros);
}

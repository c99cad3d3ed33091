package dev.livefeed.app.feed;

/** Takes how late an event was. */
public interface LagRecorder {

    /**
     * One event.
     *
     * @param exchangeMicros from the exchange's time to the receive time, by the exchange's clock as far as it is known
     * @param rawMicros the same by the clock of this machine; negative where the clocks disagree
     * @param pathMicros from the receive time to the step that asks
     */
    void record(long exchangeMicros, long rawMicros, long pathMicros);
}

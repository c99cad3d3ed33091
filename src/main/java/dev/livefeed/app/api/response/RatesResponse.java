package dev.livefeed.app.api.response;

/** Counts of the last 60 seconds, and the rates they make. */
public record RatesResponse(Rate trades, Rate depth) {

    /** Of one kind of event. */
    public record Rate(long perMinuteCount, double perSecondRate, int queueSize, long total) {}
}

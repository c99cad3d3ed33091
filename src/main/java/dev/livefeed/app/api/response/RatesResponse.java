package dev.livefeed.app.api.response;

/** Counts and rates of the last 60 seconds. */
public record RatesResponse(Rate trades, Rate depth) {

    /** Count and rate of one type of event. */
    public record Rate(long perMinuteCount, double perSecondRate, int queueSize, long total) {}
}

package dev.livefeed.app.history;

import java.util.Arrays;
import java.util.List;

/** The lengths of the candles of the past day. Each divides an hour and is made of whole minutes. */
public enum CandleTimeframe {
    ONE("1m", 1),
    THREE("3m", 3),
    FIVE("5m", 5),
    FIFTEEN("15m", 15),
    THIRTY("30m", 30),
    HOUR("1h", 60);

    private final String text;
    private final int minutes;

    CandleTimeframe(String text, int minutes) {
        this.text = text;
        this.minutes = minutes;
    }

    /** The timeframe of a name such as {@code 5m}; null if there is none. */
    public static CandleTimeframe of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.text.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The names, shortest first. */
    public static List<String> names() {
        return Arrays.stream(values()).map(CandleTimeframe::toString).toList();
    }

    /** Length in minutes. */
    public int minutes() {
        return minutes;
    }

    /** The first minute of the candle that a minute belongs to; both are numbers of minutes since 1970. */
    long start(long minute) {
        return minute - Math.floorMod(minute, minutes);
    }

    @Override
    public String toString() {
        return text;
    }
}

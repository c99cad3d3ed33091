package dev.livefeed.protocol.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The intervals of candles, by their name in the protocol. Case matters: {@code 1m} is a minute, {@code 1M} a month.
 */
public enum KlineInterval {
    MINUTE("1m"),
    MINUTES_3("3m"),
    MINUTES_5("5m"),
    MINUTES_15("15m"),
    MINUTES_30("30m"),
    HOUR("1h"),
    HOURS_2("2h"),
    HOURS_4("4h"),
    HOURS_6("6h"),
    HOURS_12("12h"),
    DAY("1d"),
    WEEK("1w"),
    MONTH("1M");

    private final String text;
    private final String channel;

    KlineInterval(String text) {
        this.text = text;
        this.channel = Kline.TYPE + '.' + text;
    }

    /** The channel of its candles: {@code kline.1m}. */
    public String channel() {
        return channel;
    }

    /** The interval with this name, or null. */
    public static KlineInterval of(String text) {
        return Arrays.stream(values())
                .filter(one -> one.text.equals(text))
                .findFirst()
                .orElse(null);
    }

    /** For messages: all names. */
    public static String names() {
        return Arrays.stream(values()).map(KlineInterval::toString).collect(Collectors.joining(", "));
    }

    /** The name in the protocol: {@code 1m}. */
    @Override
    public String toString() {
        return text;
    }
}

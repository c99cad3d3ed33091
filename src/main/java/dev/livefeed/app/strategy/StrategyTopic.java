package dev.livefeed.app.strategy;

import java.util.Arrays;
import java.util.List;

/** The kinds of moments that strategies can listen to. */
public enum StrategyTopic {
    CANDLES("candles", false),
    BOOK_TOPS("book-tops", true),
    REGIMES("regimes", false),
    SESSIONS("sessions", false);

    private final String text;
    private final boolean conflating;

    StrategyTopic(String text, boolean conflating) {
        this.text = text;
        this.conflating = conflating;
    }

    /** The name in endpoint URIs. */
    @Override
    public String toString() {
        return text;
    }

    /** Whether only the newest waiting moment of each symbol is kept. */
    public boolean conflating() {
        return conflating;
    }

    /** The topic with this name, or null. */
    public static StrategyTopic named(String text) {
        return Arrays.stream(values())
                .filter(topic -> topic.text.equals(text))
                .findFirst()
                .orElse(null);
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(StrategyTopic::toString).toList();
    }
}

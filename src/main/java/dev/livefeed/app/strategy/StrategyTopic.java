package dev.livefeed.app.strategy;

import java.util.Arrays;
import java.util.List;

/** What strategies can be told of. */
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

    /** The name in endpoints. */
    @Override
    public String toString() {
        return text;
    }

    /** Whether of several that wait only the newest of each symbol is kept. */
    public boolean conflating() {
        return conflating;
    }

    /** The topic of this name, or null where there is none. */
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

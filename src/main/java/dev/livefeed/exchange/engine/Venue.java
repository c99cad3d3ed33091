package dev.livefeed.exchange.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The venues whose interfaces the local exchange has. */
public enum Venue {
    BYBIT,
    BINANCE;

    /**
     * Reads a comma list of names.
     *
     * @throws IllegalArgumentException naming the unknown one
     */
    public static Set<Venue> parse(String names) {
        Set<Venue> venues = EnumSet.noneOf(Venue.class);
        for (String name : names.split(",")) {
            venues.add(Arrays.stream(values())
                    .filter(venue -> venue.toString().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("exchange venue is " + name.strip()
                            + ", must be one or more of " + List.of(values()) + ", separated by commas")));
        }
        return venues;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

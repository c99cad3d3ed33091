package dev.livefeed.app.route.source;

import dev.livefeed.app.route.FeedRoutes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** One part of each source, by venue. What names no venue belongs to the first source. */
public final class PerVenue<T> {

    private final Map<String, T> byVenue;
    private final T first;

    /** @param byVenue in the configured order, at least one */
    public PerVenue(Map<String, T> byVenue) {
        this.byVenue = new LinkedHashMap<>(byVenue);
        this.first = byVenue.values().iterator().next();
    }

    /** @param venue null for the first one */
    public T of(String venue) {
        return venue == null ? first : byVenue.getOrDefault(venue, first);
    }

    /** That of the source which the exchange's line is from, or which its command is for. */
    T of(Exchange exchange) {
        return of(exchange.getProperty(FeedRoutes.VENUE, String.class));
    }

    T first() {
        return first;
    }

    Collection<T> all() {
        return byVenue.values();
    }
}

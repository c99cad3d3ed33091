package dev.livefeed.exchange;

import dev.livefeed.exchange.rest.Answer;
import dev.livefeed.exchange.rest.RestDesk;
import dev.livefeed.exchange.stream.Desk;
import dev.livefeed.exchange.stream.Hub;
import dev.livefeed.exchange.stream.Session;
import dev.livefeed.exchange.stream.Wire;
import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.venue.MarketSettings;
import dev.livefeed.exchange.venue.SymbolList;
import dev.livefeed.exchange.venue.Venue;
import java.util.Map;

/**
 * The exchange without its sockets, threads and clock: markets, streams and REST, driven from outside by time and requests, so that a
 * test can live through an hour in a second. Not thread-safe: one thread owns it.
 */
public final class Exchange {

    private static final long MAX_CATCH_UP_MILLIS = 2000;

    private final Venue venue;
    private final Hub hub;
    private final Desk desk;
    private final RestDesk rest;

    /** @param now milliseconds since 1970 */
    public Exchange(ExchangeConfig config, long now) {
        MarketSettings settings =
                new MarketSettings(config.seed(), config.speed(), config.levels(), config.tapeLength());
        venue = new Venue(settings, SymbolList.parse(config.symbols()), now);
        hub = new Hub(venue);
        desk = new Desk(hub);
        rest = new RestDesk(venue, hub);
    }

    /** Lets the markets live up to now and pushes what is due. After a long sleep the time between is skipped. */
    public void advance(long now) {
        long behind = now - venue.at();
        if (behind > MAX_CATCH_UP_MILLIS) {
            venue.jump(behind - Venue.STEP);
        }
        while (venue.at() + Venue.STEP <= now) {
            venue.step();
            hub.publish(now);
        }
        hub.flush();
    }

    public Session connect(Category category, Wire wire) {
        return hub.open(category, wire);
    }

    public void disconnect(Session session) {
        hub.close(session);
    }

    /** Takes one text frame of a client. */
    public void receive(Session session, String text, long now) {
        desk.receive(session, text, now);
        hub.flush();
    }

    public Answer get(String path, Map<String, String> parameters, long now) {
        return rest.get(path, parameters, now);
    }

    public Venue venue() {
        return venue;
    }

    public Hub hub() {
        return hub;
    }
}

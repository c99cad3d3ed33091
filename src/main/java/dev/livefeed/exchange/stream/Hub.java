package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.venue.Market;
import dev.livefeed.exchange.venue.Venue;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** All topics of the exchange and all sessions that listen. One thread owns it. */
public final class Hub {

    private static final String ID_LETTERS = "0123456789abcdefghijklmnopqrstuv";

    private final Venue venue;
    private final Map<Category, Map<String, Feed>> feeds = new HashMap<>();
    private final Set<Feed> active = new LinkedHashSet<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final SplittableRandom ids;

    public Hub(Venue venue) {
        this.venue = venue;
        this.ids = new SplittableRandom(venue.startedAt());
        for (Category category : Category.values()) {
            feeds.put(category, new HashMap<>());
        }
    }

    /** A client has connected to the stream of a category. */
    public Session open(Category category, Wire wire) {
        Session session = new Session(category, connectionId(), wire);
        sessions.add(session);
        return session;
    }

    /** A client has gone. */
    public void close(Session session) {
        sessions.remove(session);
        List.copyOf(session.feeds().keySet()).forEach(topic -> leave(session, topic));
    }

    void join(Session session, Topic topic, long now) {
        Feed feed = feed(topic);
        session.feeds().put(topic.text(), feed);
        feed.join(session, now);
        active.add(feed);
    }

    void leave(Session session, String topic) {
        Feed feed = session.feeds().remove(topic);
        if (feed != null) {
            feed.leave(session);
            if (!feed.active()) {
                active.remove(feed);
            }
        }
    }

    /** Pushes what is due at this step of the venue's time. */
    public void publish(long now) {
        for (Feed feed : active) {
            if (venue.at() % feed.pushMillis() == 0) {
                feed.publish(now);
            }
        }
    }

    /** Sends out what has been pushed. */
    public void flush() {
        sessions.forEach(Session::flush);
    }

    public int sessionCount() {
        return sessions.size();
    }

    public Set<Session> sessions() {
        return sessions;
    }

    Venue venue() {
        return venue;
    }

    /** The top of a market's deepest book topic, which the REST book goes by. */
    public BookPage page(Market market, int limit) {
        Category category = market.instrument().category();
        String text = "orderbook." + category.deepestTopic() + "."
                + market.instrument().symbol();
        BookFeed book = (BookFeed) feed(Topic.parse(category, text).orElseThrow());
        return book.page(limit);
    }

    private Feed feed(Topic topic) {
        return feeds.get(topic.category()).computeIfAbsent(topic.text(), text -> create(topic));
    }

    private Feed create(Topic topic) {
        if (topic.kind() == Topic.Kind.TRADES && topic.category() == Category.OPTION) {
            return new TradeFeed(topic, venue.markets(topic.category(), topic.name()), venue);
        }
        Market market = venue.market(topic.category(), topic.name());
        return switch (topic.kind()) {
            case TRADES -> new TradeFeed(topic, List.of(market), venue);
            case BOOK -> new BookFeed(topic, market);
            case TICKER -> new TickerFeed(topic, market, venue);
            case CANDLES -> new CandleFeed(topic, market);
            case LIQUIDATIONS -> new LiquidationFeed(topic, market);
        };
    }

    private String connectionId() {
        StringBuilder id = new StringBuilder("d");
        for (int i = 0; i < 19; i++) {
            id.append(ID_LETTERS.charAt(ids.nextInt(ID_LETTERS.length())));
        }
        id.append('-');
        for (int i = 0; i < 5; i++) {
            id.append(ID_LETTERS.charAt(ids.nextInt(ID_LETTERS.length())));
        }
        return id.toString();
    }
}

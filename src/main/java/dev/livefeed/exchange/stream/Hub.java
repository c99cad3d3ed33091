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
    private boolean remembering;
    private final Interference interference;

    public Hub(Venue venue, Interference interference) {
        this.interference = interference;
        this.venue = venue;
        this.ids = new SplittableRandom(venue.startedAt());
        for (Category category : Category.values()) {
            feeds.put(category, new HashMap<>());
        }
    }

    /** A client has connected to the stream of a category, or with null to the private one. */
    public Session open(Category category, Wire wire) {
        Session session = new Session(category, connectionId(), wire, interference);
        sessions.add(session);
        return session;
    }

    /** A client has gone. */
    public void close(Session session) {
        sessions.remove(session);
        interference.gone(session);
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

    boolean refuses(Category category, String topic) {
        return interference.refuses(category, topic);
    }

    boolean troubles(Category category, String topic) {
        return interference.troubles(category, topic);
    }

    boolean hears(Session session) {
        return interference.hears(session);
    }

    /**
     * All levels that were told on a book topic under an update id, or the newest if that is negative. What is told is remembered from
     * the first asking on, or from the start with {@link #rememberBooks}.
     *
     * @param changedAt time of the state's last change, milliseconds since 1970, as ids come again after a restart; any if negative
     * @return null if there is no such topic or the state is not remembered
     */
    public BookPage told(Category category, String topic, long updateId, long changedAt) {
        return Topic.parse(category, topic)
                .filter(parsed -> parsed.kind() == Topic.Kind.BOOK && parsed.listed(venue))
                .map(parsed -> ((BookFeed) feed(parsed)).told(updateId, changedAt))
                .orElse(null);
    }

    /** Has every book topic remember what it tells from its start. */
    public void rememberBooks() {
        remembering = true;
    }

    /** Which topics are meant. */
    public interface Choice {
        boolean takes(Category category, String topic);
    }

    /**
     * Has the chosen books that are listened to tell everything again, under the next update id or from 1.
     *
     * @return how many there were
     */
    public int resnapshot(Choice choice, boolean fromOne) {
        int count = 0;
        for (BookFeed book : books(choice)) {
            if (fromOne) {
                book.restart(venue.at());
            } else {
                book.repeatAll(venue.at());
            }
            count++;
        }
        return count;
    }

    /**
     * Changes and pushes the chosen books in turn, beyond their intervals.
     *
     * @return how many frames were pushed
     */
    public int burst(Choice choice, int frames) {
        List<BookFeed> books = books(choice);
        int pushed = 0;
        for (int i = 0; i < 2 * frames && pushed < frames && !books.isEmpty(); i++) {
            if (books.get(i % books.size()).agitate(venue.at())) {
                pushed++;
            }
        }
        return pushed;
    }

    /** Tells one listener again what a new one is told. */
    public void tellAgain(Session session, String topic) {
        Feed feed = session.feeds().get(topic);
        if (feed != null) {
            session.send(feed.snapshot(venue.at()));
        }
    }

    private List<BookFeed> books(Choice choice) {
        return active.stream()
                .filter(feed -> feed instanceof BookFeed)
                .map(feed -> (BookFeed) feed)
                .filter(feed ->
                        choice.takes(feed.topic().category(), feed.topic().text()))
                .toList();
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
            case BOOK -> book(topic, market);
            case TICKER -> new TickerFeed(topic, market, venue);
            case CANDLES -> new CandleFeed(topic, market);
            case LIQUIDATIONS -> new LiquidationFeed(topic, market);
        };
    }

    private BookFeed book(Topic topic, Market market) {
        BookFeed book = new BookFeed(topic, market);
        if (remembering) {
            book.remember();
        }
        return book;
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

package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SimulatedMarket;
import dev.livefeed.exchange.venue.Venue;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** All topics of the exchange and all sessions that listen. One thread owns it. */
public final class TopicHub {

    private static final String ID_LETTERS = "0123456789abcdefghijklmnopqrstuv";

    private final Venue venue;
    private final Map<ProductCategory, Map<String, TopicPublisher>> feeds = new HashMap<>();
    private final Set<TopicPublisher> active = new LinkedHashSet<>();
    private final Set<StreamSession> sessions = new LinkedHashSet<>();
    private final SplittableRandom ids;
    private boolean remembering;
    private final FaultHook interference;

    public TopicHub(Venue venue, FaultHook interference) {
        this.interference = interference;
        this.venue = venue;
        this.ids = new SplittableRandom(venue.startedAt());
        for (ProductCategory category : ProductCategory.values()) {
            feeds.put(category, new HashMap<>());
        }
    }

    /** A client has connected to the stream of a category, or with null to the private one. */
    public StreamSession open(ProductCategory category, ClientConnection wire) {
        StreamSession session = new StreamSession(category, connectionId(), wire, interference);
        sessions.add(session);
        return session;
    }

    /** A client has gone. */
    public void close(StreamSession session) {
        sessions.remove(session);
        interference.gone(session);
        List.copyOf(session.feeds().keySet()).forEach(topic -> leave(session, topic));
    }

    void join(StreamSession session, StreamTopic topic, long now) {
        TopicPublisher feed = feed(topic);
        session.feeds().put(topic.text(), feed);
        feed.join(session, now);
        active.add(feed);
    }

    void leave(StreamSession session, String topic) {
        TopicPublisher feed = session.feeds().remove(topic);
        if (feed != null) {
            feed.leave(session);
            if (!feed.active()) {
                active.remove(feed);
            }
        }
    }

    /** Pushes what is due at this step of the venue's time. */
    public void publish(long now) {
        for (TopicPublisher feed : active) {
            if (venue.at() % feed.pushMillis() == 0) {
                feed.publish(now);
            }
        }
    }

    /** Sends out what has been pushed. */
    public void flush() {
        sessions.forEach(StreamSession::flush);
    }

    public int sessionCount() {
        return sessions.size();
    }

    public Set<StreamSession> sessions() {
        return sessions;
    }

    boolean refuses(ProductCategory category, String topic) {
        return interference.refuses(category, topic);
    }

    boolean troubles(ProductCategory category, String topic) {
        return interference.troubles(category, topic);
    }

    boolean hears(StreamSession session) {
        return interference.hears(session);
    }

    /**
     * All levels that were told on a book topic under an update id, or the newest if that is negative. What is told
     * is remembered from the first asking on, or from the start with {@link #rememberBooks}.
     *
     * @param changedAt time of the state's last change, milliseconds since 1970, as ids come again after a restart;
     *     any if negative
     * @return null if there is no such topic or the state is not remembered
     */
    public BookPage told(ProductCategory category, String topic, long updateId, long changedAt) {
        return StreamTopic.parse(category, topic)
                .filter(parsed -> parsed.kind() == StreamTopic.Kind.BOOK && parsed.listed(venue))
                .map(parsed -> ((BookPublisher) feed(parsed)).told(updateId, changedAt))
                .orElse(null);
    }

    /** Has every book topic remember what it tells from its start. */
    public void rememberBooks() {
        remembering = true;
    }

    /** Which topics are meant. */
    public interface Choice {
        boolean takes(ProductCategory category, String topic);
    }

    /**
     * Has the chosen books that are listened to tell everything again, under the next update id or from 1.
     *
     * @return how many there were
     */
    public int resnapshot(Choice choice, boolean fromOne) {
        int count = 0;
        for (BookPublisher book : books(choice)) {
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
        List<BookPublisher> books = books(choice);
        int pushed = 0;
        for (int i = 0; i < 2 * frames && pushed < frames && !books.isEmpty(); i++) {
            if (books.get(i % books.size()).agitate(venue.at())) {
                pushed++;
            }
        }
        return pushed;
    }

    /** Tells one listener again what a new one is told. */
    public void tellAgain(StreamSession session, String topic) {
        TopicPublisher feed = session.feeds().get(topic);
        if (feed != null) {
            session.send(feed.snapshot(venue.at()));
        }
    }

    private List<BookPublisher> books(Choice choice) {
        return active.stream()
                .filter(feed -> feed instanceof BookPublisher)
                .map(feed -> (BookPublisher) feed)
                .filter(feed ->
                        choice.takes(feed.topic().category(), feed.topic().text()))
                .toList();
    }

    Venue venue() {
        return venue;
    }

    /** The top of a market's deepest book topic, which the REST book goes by. */
    public BookPage page(SimulatedMarket market, int limit) {
        ProductCategory category = market.instrument().category();
        String text = "orderbook." + category.deepestTopic() + "."
                + market.instrument().symbol();
        BookPublisher book =
                (BookPublisher) feed(StreamTopic.parse(category, text).orElseThrow());
        return book.page(limit);
    }

    private TopicPublisher feed(StreamTopic topic) {
        return feeds.get(topic.category()).computeIfAbsent(topic.text(), text -> create(topic));
    }

    private TopicPublisher create(StreamTopic topic) {
        if (topic.kind() == StreamTopic.Kind.TRADES && topic.category() == ProductCategory.OPTION) {
            return new TradePublisher(topic, venue.markets(topic.category(), topic.name()), venue);
        }
        SimulatedMarket market = venue.market(topic.category(), topic.name());
        return switch (topic.kind()) {
            case TRADES -> new TradePublisher(topic, List.of(market), venue);
            case BOOK -> book(topic, market);
            case TICKER -> new TickerPublisher(topic, market, venue);
            case CANDLES -> new CandlePublisher(topic, market);
            case LIQUIDATIONS -> new LiquidationPublisher(topic, market);
        };
    }

    private BookPublisher book(StreamTopic topic, SimulatedMarket market) {
        BookPublisher book = new BookPublisher(topic, market);
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

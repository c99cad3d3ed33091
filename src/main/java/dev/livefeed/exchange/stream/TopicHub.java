package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** All topics of the exchange and all client sessions. Not thread-safe. */
public final class TopicHub {

    private static final String ID_LETTERS = "0123456789abcdefghijklmnopqrstuv";

    private final SimulatedMarkets markets;
    private final Map<ProductCategory, Map<String, TopicPublisher<?>>> publishers = new HashMap<>();
    private final Set<TopicPublisher<?>> active = new LinkedHashSet<>();
    private final Set<StreamSession> sessions = new LinkedHashSet<>();
    private final SplittableRandom ids;
    private final AnnouncementBoard announcements = new AnnouncementBoard();
    private boolean recording;
    /** The book that a burst changes next, so that short ones reach all of them. */
    private int nextInBurst;

    private final FaultHook faults;

    public TopicHub(SimulatedMarkets markets, FaultHook faults) {
        this.faults = faults;
        this.markets = markets;
        this.ids = new SplittableRandom(markets.startedAt());
        markets.onOpened(this::opened);
        for (ProductCategory category : ProductCategory.values()) {
            publishers.put(category, new HashMap<>());
        }
    }

    /** Opens a session on the stream of a category, or on the private stream for null. */
    public StreamSession open(ProductCategory category, ClientConnection connection) {
        return add(new StreamSession(category, connectionId(), connection, faults, FrameForm.TOPIC));
    }

    /** Opens a session whose frames have another form. */
    public StreamSession open(ProductCategory category, FrameForm form, ClientConnection connection) {
        return add(new StreamSession(category, connectionId(), connection, faults, form));
    }

    /** Opens a session on the stream of the announcements, which has no category and answers like that of linear. */
    public StreamSession openAnnouncements(ClientConnection connection) {
        return add(
                new StreamSession(ProductCategory.LINEAR, connectionId(), connection, faults, FrameForm.ANNOUNCEMENT));
    }

    private StreamSession add(StreamSession session) {
        sessions.add(session);
        return session;
    }

    /** The announcements of maintenance. */
    public AnnouncementBoard announcements() {
        return announcements;
    }

    /** Removes a session and its subscriptions. */
    public void close(StreamSession session) {
        sessions.remove(session);
        faults.disconnected(session);
        List.copyOf(session.publishers().keySet()).forEach(topic -> leave(session, topic));
    }

    void join(StreamSession session, StreamTopic topic, long now) {
        join(session, topic, () -> create(topic), now);
    }

    /** @param create creates the publisher of the topic for its first subscriber */
    public void join(StreamSession session, PublishedTopic topic, Supplier<TopicPublisher<?>> create, long now) {
        TopicPublisher<?> publisher =
                publishers.get(topic.category()).computeIfAbsent(topic.text(), text -> create.get());
        session.publishers().put(topic.text(), publisher);
        publisher.join(session, now, topic.streams(markets));
        active.add(publisher);
    }

    public void leave(StreamSession session, String topic) {
        TopicPublisher<?> publisher = session.publishers().remove(topic);
        if (publisher != null) {
            publisher.leave(session);
            if (!publisher.active()) {
                active.remove(publisher);
            }
        }
    }

    /** Pushes the topics that are due at this step of the clock. */
    public void publish(long now) {
        announcements.advance(now);
        for (TopicPublisher<?> publisher : active) {
            if (markets.at() % publisher.pushMillis() == 0 && publisher.topic().streams(markets)) {
                publisher.publish(now);
            }
        }
    }

    /** The subscribers of a market that begins to send data get the snapshots that they did not get before. */
    private void opened(SimulatedMarket market) {
        for (TopicPublisher<?> publisher : active) {
            PublishedTopic topic = publisher.topic();
            if (topic.category() != market.instrument().category()
                    || !topic.name().equals(market.instrument().symbol())) {
                continue;
            }
            publisher.reopen(markets.at());
        }
    }

    /** Sends all pushed frames. */
    public void flush() {
        sessions.forEach(StreamSession::flush);
    }

    public Set<StreamSession> sessions() {
        return sessions;
    }

    public boolean refusesTopic(ProductCategory category, String topic) {
        return faults.refusesTopic(category, topic);
    }

    public boolean failsRequest(ProductCategory category, String topic) {
        return faults.failsRequest(category, topic);
    }

    public boolean acceptsRequests(StreamSession session) {
        return faults.acceptsRequests(session);
    }

    /**
     * The state of a book topic with an update id, or the newest for a negative id. States are recorded from the first
     * call for the topic, or from its start with {@link #recordBooks}.
     *
     * @param changedAt time of the last change, milliseconds since 1970, since update ids repeat after a restart;
     *     negative for any
     * @return null if there is no such topic or the state is not recorded
     */
    public BookPage publishedBook(ProductCategory category, String topic, long updateId, long changedAt) {
        return StreamTopic.parse(category, topic)
                .filter(parsed -> parsed.kind() == StreamTopic.Kind.BOOK && parsed.listed(markets))
                .map(parsed -> ((BookPublisher) publisher(parsed)).pageAt(updateId, changedAt))
                .orElse(null);
    }

    /** Records the states of every book topic from its start. */
    public void recordBooks() {
        recording = true;
    }

    /** Selects topics. */
    public interface TopicFilter {
        boolean accepts(ProductCategory category, String topic);
    }

    /**
     * Pushes a snapshot of the matching books that have subscribers and whose market sends data.
     *
     * @param fromOne whether update ids restart at 1 instead of continuing
     * @return number of books
     */
    public int resnapshot(TopicFilter filter, boolean fromOne) {
        int count = 0;
        for (BookPublisher book : books(filter, BookPublisher.class)) {
            if (fromOne) {
                book.restart(markets.at());
            } else {
                book.resendSnapshot(markets.at());
            }
            count++;
        }
        return count;
    }

    /**
     * Changes and pushes the matching books in turn, regardless of their push intervals.
     *
     * @return number of pushed frames
     */
    public int burst(TopicFilter filter, int frames) {
        List<BookFeed> books = books(filter, BookFeed.class);
        int pushed = 0;
        for (int i = 0; i < 2 * frames && pushed < frames && !books.isEmpty(); i++) {
            if (books.get(Math.floorMod(nextInBurst++, books.size())).changeAndPush(markets.at())) {
                pushed++;
            }
        }
        return pushed;
    }

    /** Sends a subscriber the snapshot of a topic again. */
    public void resendSnapshot(StreamSession session, String topic) {
        TopicPublisher<?> publisher = session.publishers().get(topic);
        TextFrame snapshot = publisher == null ? null : publisher.snapshot(markets.at());
        if (snapshot != null) {
            session.send(snapshot);
        }
    }

    private <B> List<B> books(TopicFilter filter, Class<B> kind) {
        return active.stream()
                .filter(publisher ->
                        kind.isInstance(publisher) && publisher.topic().streams(markets))
                .filter(publisher -> filter.accepts(
                        publisher.topic().category(), publisher.topic().text()))
                .map(kind::cast)
                .toList();
    }

    SimulatedMarkets markets() {
        return markets;
    }

    /** The best levels of the market's deepest book topic, for the REST book. */
    public BookPage page(SimulatedMarket market, int limit) {
        ProductCategory category = market.instrument().category();
        String text = "orderbook." + category.deepestTopic() + "."
                + market.instrument().symbol();
        BookPublisher book =
                (BookPublisher) publisher(StreamTopic.parse(category, text).orElseThrow());
        return book.page(limit);
    }

    private TopicPublisher<?> publisher(StreamTopic topic) {
        return publishers.get(topic.category()).computeIfAbsent(topic.text(), text -> create(topic));
    }

    private TopicPublisher<?> create(StreamTopic topic) {
        if (topic.kind() == StreamTopic.Kind.TRADES && topic.category() == ProductCategory.OPTION) {
            return new TradePublisher(topic, () -> markets.of(topic.category(), topic.name()), markets);
        }
        SimulatedMarket market = markets.market(topic.category(), topic.name());
        List<SimulatedMarket> group = markets.of(topic.category()).stream()
                .filter(one -> topic.kind().ofGroup() && topic.groups(one.instrument()))
                .toList();
        return switch (topic.kind()) {
            case TRADES -> new TradePublisher(topic, () -> List.of(market), markets);
            case BOOK -> book(topic, market);
            case TICKER -> new TickerPublisher(topic, market, markets);
            case CANDLES -> new CandlePublisher(topic, market);
            case LIQUIDATIONS -> new LiquidationPublisher(topic, market);
            case RPI_BOOK -> new RpiBookPublisher(topic, market);
            case PRICE_LIMIT -> new PriceLimitPublisher(topic, market);
            case ADL -> new AdlPublisher(topic, group);
            case INSURANCE -> new InsurancePublisher(topic, group);
            case ANNOUNCEMENTS -> new AnnouncementPublisher(topic, announcements);
        };
    }

    private BookPublisher book(StreamTopic topic, SimulatedMarket market) {
        BookPublisher book = new BookPublisher(topic, market);
        if (recording) {
            book.startRecording();
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

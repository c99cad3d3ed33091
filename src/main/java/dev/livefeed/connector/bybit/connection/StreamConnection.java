package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.site.HandshakeAdvice;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.FrameParser;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.bybit.topic.TopicConnection;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.topic.TopicName.Kind;
import dev.livefeed.connector.bybit.trade.TradeStream;
import dev.livefeed.connector.feed.ConnectionCapacity;
import dev.livefeed.connector.feed.connection.PooledConnection;
import dev.livefeed.connector.feed.stream.SilentStreams;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.connector.feed.stream.UnreadableStreams;
import dev.livefeed.connector.session.NetworkLink;
import dev.livefeed.connector.session.ReconnectWaits;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.connector.session.SessionProtocol;
import dev.livefeed.connector.session.SessionTimeouts;
import dev.livefeed.connector.session.WebSocketSession;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One connection of the public stream with its topics.
 *
 * <p>The wanted topics are kept here; after a reconnect they are subscribed again.
 */
public final class StreamConnection extends PooledConnection<Category>
        implements TopicConnection, TopicSubscriptions.Wiring {

    private static final long REST_HEALTHY_FOR = 60_000_000_000L;
    private static final long RECEIVES_FOR = 10_000_000_000L;
    private static final long RECONCILIATION_PACE = 1_000_000_000L;

    private final FeedContext context;
    private final Listener listener;
    private final FrameParser parser;
    private final WebSocketSession session;
    private final StreamTable<Topic> topics = new StreamTable<>();
    private final ParsedFrame frame = new ParsedFrame();
    private final TopicSubscriptions subscriptions;
    private final SilentStreams<Topic> silences;
    private final UnreadableStreams<Topic> unreadable;
    private final UnreadableData unreadableData;
    private final FrozenBooks frozenBooks;
    private final StallCheck stall;
    private long reconciledAt;

    /** Receives changes of the connection. */
    public interface Listener {

        void up(StreamConnection link);

        /** The connection has ended or could not be opened. */
        void down(StreamConnection link, SessionEnd end);

        /** The connection was replaced by a new one on schedule. */
        void recycled(StreamConnection link, long ageMillis);

        /** The connection cannot be opened until the venue's limit of new connections allows it. */
        void budgetUsedUp(StreamConnection link, long waitMillis);

        /** The venue limits requests on the connection. */
        void throttled(StreamConnection link, String text, long waitMillis);

        /** The venue has a temporary failure for the topic, which is subscribed again later. */
        void topicDelayed(Topic topic, String text, long waitMillis);

        void active(Topic topic);

        void offWire(Topic topic);

        void left(Topic topic);

        void refused(Topic topic, String text);

        /** The topic is silent for an unusual time. */
        void suspect(Topic topic);
    }

    /**
     * @param number distinguishes the connections of one category, from 1; {@link #ASIDE} for the venue's
     *     announcements, which have a path of their own
     */
    public StreamConnection(FeedContext context, Category category, int number, FrameParser parser, Listener listener) {
        super(category, number);
        this.context = context;
        SessionTimeouts timeouts = context.settings().limits().session();
        this.parser = parser;
        this.listener = listener;
        this.session = new WebSocketSession(
                context.sessions(),
                aside()
                        ? context.settings().announcements()
                        : context.settings().webSocket(category),
                aside() ? timeouts.forSilentStream() : timeouts,
                new PublicStream());
        this.subscriptions = new TopicSubscriptions(context, this);
        this.silences = new SilentStreams<>(context.venue(), new TopicSilence(context, listener::suspect));
        this.unreadable = new UnreadableStreams<>(context.venue());
        this.unreadableData = new UnreadableData(context, unreadable);
        this.frozenBooks = new FrozenBooks(topics, context.now());
        this.stall = new StallCheck(context, this::send, name -> topics.get(name) != null);
    }

    /** Name in logs and statuses: {@code linear}, and {@code linear-2} if there are several. */
    @Override
    public String name() {
        return aside() ? path().text() + "-announcements" : numbered(path().text());
    }

    @Override
    public URI uri() {
        return session.uri();
    }

    @Override
    public int size() {
        return topics.size();
    }

    @Override
    public boolean has(int link) {
        return session.has(link);
    }

    @Override
    public NetworkLink networkLink() {
        return session;
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public boolean synthetic() {
        return session.synthetic();
    }

    public StreamTable<Topic> topics() {
        return topics;
    }

    /** Adds a topic. */
    public void add(Topic topic) {
        topic.link(this);
        topics.add(topic);
    }

    /** Whether that many more topics, with names of this total length, fit on the connection. */
    boolean takes(TopicName name, int count) {
        ConnectionCapacity limits = context.settings().connections();
        return topics.argsLength() + count * StreamTable.argLength(name.text()) <= limits.topicChars()
                && topics.size() + count <= limits.topics();
    }

    @Override
    protected void begin() {
        session.start();
    }

    private void subscribeAll() {
        context.figures().connects++;
        subscriptions.opened();
        List.copyOf(topics.all()).forEach(subscriptions::reconcile);
        subscriptions.flush();
    }

    private void endTopics() {
        stall.end();
        silences.ended(List.copyOf(topics.all()));
        subscriptions.ended(topics.all());
        List.copyOf(topics.all()).forEach(topic -> {
            if (topic.stream() instanceof TradeStream trades) {
                trades.connectionEnded();
            }
            topic.stream().ended();
            listener.offWire(topic);
            if (!topic.wanted()) {
                left(topic);
            }
        });
    }

    @Override
    public void fail(String reason) {
        session.fail(reason);
    }

    @Override
    public boolean othersReceive(Topic topic) {
        long since = context.now() - RECEIVES_FOR;
        return topics.all().stream().anyMatch(other -> other != topic && other.framesSince(since));
    }

    @Override
    protected void stop() {
        for (Topic topic : topics.all()) {
            if (topic.stream() instanceof TradeStream trades) {
                trades.stopped();
            }
        }
        session.stop();
    }

    private void data(byte[] bytes, int offset, int length, long receivedAt) {
        Topic topic = frame.topic;
        if (topic.wire() != Wire.SUBSCRIBING && topic.wire() != Wire.ACTIVE && !awaitsLastTrades(topic)) {
            context.figures().unknownTopicFrames++;
            return;
        }
        if (session.data() && context.rest().available()) {
            suspectTrades(null, Long.MAX_VALUE);
        }
        topic.frameReceived(context.now());
        if (frame.data == null) {
            noteUnread(topic, bytes, offset, length);
            topic.stream().frame(frame, receivedAt, session.synthetic());
        } else { // the stream reads the rows itself
            topic.stream().frame(frame, receivedAt, session.synthetic());
            noteUnread(topic, bytes, offset, length);
        }
    }

    private static boolean awaitsLastTrades(Topic topic) {
        return topic.wire() == Wire.UNSUBSCRIBING
                && topic.stream() instanceof TradeStream trades
                && trades.awaitsLastTrades();
    }

    private void noteUnread(Topic topic, byte[] bytes, int offset, int length) {
        if (frame.unread.noteworthy() || topic.reading() != null) {
            unreadableData.read(frame, bytes, offset, length);
        }
    }

    private void control() {
        if (frame.isPong()) {
            session.pong();
            for (Topic topic : topics.all()) {
                if (topic.stream() instanceof TradeStream trades) {
                    trades.pong();
                }
            }
        } else if ("subscribe".equals(frame.op)
                || "unsubscribe".equals(frame.op)
                || "COMMAND_RESP".equals(frame.type)
                || !frame.success) {
            if (!stall.answered(frame)) {
                subscriptions.answered(frame);
            }
        }
    }

    /**
     * Handles a lost frame of its topic, or of any topic if that could not be read. A book detects the loss by itself;
     * trades must be fetched.
     */
    private void lost(String why) {
        context.figures().unreadableFrames++;
        if (frame.topic != null) {
            frame.topic.stream().unreadable("a frame could not be read: " + why);
        } else {
            frameMayBeLost(null);
            if (context.rest().available()) {
                suspectTrades(null, Long.MAX_VALUE);
            }
        }
    }

    /** Tells the topics of the symbol, or all topics if it is null, that one of their frames may be lost. */
    @Override
    public void frameMayBeLost(String symbol) {
        for (Topic topic : topics.all()) {
            if (topic.wire() == Wire.ACTIVE
                    && (symbol == null || symbol.equals(topic.name().symbol()))) {
                topic.stream().frameMayBeLost();
            }
        }
    }

    /**
     * A frame was lost, as a book has detected. Its trades may be missing too, and those of symbols without a book.
     *
     * @param symbol symbol of the book, or null if nothing is known about the frame
     * @param sinceMicros exchange time until which nothing was lost; events since then may be incomplete
     */
    @Override
    public void suspectTrades(String symbol, long sinceMicros) {
        Set<String> withBook = new HashSet<>();
        for (Topic topic : topics.all()) {
            if (topic.name().kind() == Kind.BOOK) {
                withBook.add(topic.name().symbol());
            }
        }
        for (Topic topic : topics.all()) {
            String of = topic.name().symbol();
            if (topic.name().kind() == Kind.TRADES
                    && topic.wire() == Wire.ACTIVE
                    && topic.stream() instanceof TradeStream trades
                    && (symbol == null || symbol.equals(of) || !withBook.contains(of))) {
                trades.suspect(sinceMicros);
            }
        }
    }

    /** Sends the requests that bring the topic to its wanted state. */
    @Override
    public void reconcile(Topic topic) {
        if (session.isOpen()) {
            subscriptions.reconcile(topic);
        } else if (!topic.wanted()) {
            left(topic);
        }
    }

    /** Sends the queued requests. */
    public void flush() {
        subscriptions.flush();
    }

    @Override
    protected void tick() {
        session.tick();
    }

    private boolean hasTrades() {
        return topics.all().stream().anyMatch(topic -> topic.name().kind() == Kind.TRADES);
    }

    /** Reconciles one trade stream at a time, so that the number of streams does not increase the request rate. */
    private void reconcile() {
        if (context.now() - reconciledAt < RECONCILIATION_PACE
                || !context.rest().available()) {
            return;
        }
        TradeStream most = null;
        long overdue = 0;
        for (Topic topic : topics.all()) {
            if (topic.wire() == Wire.ACTIVE && topic.stream() instanceof TradeStream trades) {
                long by = trades.reconciliationOverdue();
                if (by > overdue) {
                    overdue = by;
                    most = trades;
                }
            }
        }
        if (most != null) {
            reconciledAt = context.now();
            most.reconcile();
        }
    }

    @Override
    public void send(String text) {
        session.send(text);
    }

    @Override
    public void active(Topic topic) {
        topic.accepted(context.now());
        topic.stream().active();
        listener.active(topic);
    }

    @Override
    public void offWire(Topic topic) {
        if (!(topic.stream() instanceof BookStream)) {
            // A book that is subscribed again has been reported as stale; trades are missed from now on.
            topic.stream().ended();
        }
        listener.offWire(topic);
    }

    @Override
    public void left(Topic topic) {
        silences.ended(List.of(topic));
        unreadable.ended(topic);
        subscriptions.forget(topic);
        topics.remove(topic);
        session.topicsChanged();
        if (topic.stream() instanceof TradeStream trades) {
            trades.released();
        }
        topic.stream().ended();
        listener.left(topic);
    }

    @Override
    public void refused(Topic topic, String text) {
        silences.ended(List.of(topic));
        unreadable.ended(topic);
        subscriptions.forget(topic);
        topics.remove(topic);
        if (topic.stream() instanceof TradeStream trades) {
            trades.abandon("the venue refuses it: " + text);
        }
        topic.stream().ended();
        listener.refused(topic, text);
    }

    @Override
    public void throttled(String text, long waitMillis) {
        listener.throttled(this, text, waitMillis);
    }

    @Override
    public void topicDelayed(Topic topic, String text, long waitMillis) {
        listener.topicDelayed(topic, text, waitMillis);
    }

    @Override
    public void dead(String reason) {
        fail(reason);
    }

    /** Session protocol of a public stream. */
    private final class PublicStream implements SessionProtocol {

        @Override
        public void ping() {
            context.figures().pings++;
            session.send(SubscribeRequest.PING);
        }

        @Override
        public void opened() {
            listener.up(StreamConnection.this);
            subscribeAll();
        }

        /** The old connection is closed, and all topics are subscribed again. */
        @Override
        public void replaced(long ageMillis) {
            context.figures().recycles++;
            endTopics();
            listener.recycled(StreamConnection.this, ageMillis);
            subscribeAll();
        }

        @Override
        public void frame(byte[] bytes, int offset, int length, long receivedAt) {
            context.figures().frames++;
            String why = parser.parse(bytes, offset, length, receivedAt, topics, frame);
            if (why != null) {
                unreadableData.lost(frame.topic, parser.reason(), why, bytes, offset, length);
                lost(why);
                subscriptions.flush();
                return;
            }
            switch (frame.kind) {
                case DATA -> data(bytes, offset, length, receivedAt);
                case UNKNOWN_TOPIC -> context.figures().unknownTopicFrames += stall.received(frame.otherTopic) ? 0 : 1;
                case CONTROL -> control();
            }
            subscriptions.flush();
        }

        @Override
        public void tick() {
            List<Topic> all = List.copyOf(topics.all());
            all.forEach(topic -> topic.stream().tick());
            frozenBooks.tick(all, context.now());
            silences.tick(all);
            unreadable.tick(all);
            reconcile();
            subscriptions.tick();
            subscriptions.flush();
        }

        @Override
        public String stalled(long nanos) {
            String evidence = stall.silent(topics.all(), nanos);
            if (evidence != null) {
                context.figures().stalledConnections++;
            }
            return evidence;
        }

        /** The venue requires long waits after a 403 and a 429. */
        @Override
        public long retryAfter(int httpStatus, ReconnectWaits waits) {
            return waits.next(
                    switch (httpStatus) {
                        case 403 -> Pace.FORBIDDEN;
                        case 429 -> Pace.THROTTLED;
                        default -> Pace.NORMAL;
                    });
        }

        /** What becomes of the announcements says nothing about the market data. */
        @Override
        public boolean refusesHost(int httpStatus) {
            return !aside() && (httpStatus == 403 || httpStatus == 429);
        }

        @Override
        public boolean attemptsQueued() {
            return !aside();
        }

        @Override
        public void ended(SessionEnd end) {
            context.figures().disconnects += end.wasOpen() ? 1 : 0;
            endTopics();
            String reason = HandshakeAdvice.addTo(end.reason(), end.httpStatus());
            listener.down(StreamConnection.this, end.because(reason));
        }

        /** Without REST, trades of the meantime would be lost. */
        @Override
        public boolean mayBeReplaced() {
            return context.rest().healthyFor(REST_HEALTHY_FOR) || !hasTrades();
        }

        @Override
        public void budgetUsedUp(long nanos) {
            listener.budgetUsedUp(StreamConnection.this, nanos / 1_000_000L);
        }
    }
}

package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.ConnectionCapacity;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.FrameParser;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.bybit.topic.TopicConnection;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.topic.TopicName.Kind;
import dev.livefeed.connector.bybit.topic.TopicTable;
import dev.livefeed.connector.bybit.trade.TradeStream;
import dev.livefeed.connector.session.ReconnectWaits;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.connector.session.SessionProtocol;
import dev.livefeed.connector.session.WebSocketSession;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One session of the public stream, with the topics that run on it.
 *
 * <p>The wanted topics live here and not in the connection: each new one is brought to the same state.
 */
public final class StreamConnection implements TopicConnection, TopicSubscriptions.Wiring {

    private static final long REST_WELL_FOR = 60_000_000_000L;
    private static final long AUDIT_PACE = 1_000_000_000L;

    private final FeedContext context;
    private final Category category;
    private final int number;
    private final Watch watch;
    private final FrameParser parser;
    private final WebSocketSession session;
    private final TopicTable topics = new TopicTable();
    private final ParsedFrame frame = new ParsedFrame();
    private final TopicSubscriptions subscriptions;
    private final SilentTopics silences;
    private long auditedAt;
    private boolean empty;
    private long emptySince;

    /** Who is told of the link's changes. */
    public interface Watch {

        void up(StreamConnection link);

        /** The link has ended, or could not be opened. */
        void down(StreamConnection link, SessionEnd end);

        /** The link is a new connection now, by plan; the old one is left. */
        void recycled(StreamConnection link, long ageMillis);

        /** The link cannot be opened before the venue's limit of new connections allows it. */
        void usedUp(StreamConnection link, long waitMillis);

        /** The venue wants fewer requests on the link. */
        void throttled(StreamConnection link, String text, long waitMillis);

        /** The venue is in trouble with the topic, which is asked for again later. */
        void troubled(Topic topic, String text, long waitMillis);

        void active(Topic topic);

        void offWire(Topic topic);

        void left(Topic topic);

        void refused(Topic topic, String text);
    }

    /**
     * @param number tells the connections of one category apart, from 1
     */
    public StreamConnection(FeedContext context, Category category, int number, FrameParser parser, Watch watch) {
        this.context = context;
        this.category = category;
        this.number = number;
        this.parser = parser;
        this.watch = watch;
        this.session = new WebSocketSession(
                context.sessions(),
                context.settings().webSocket(category),
                context.settings().limits().session(),
                new PublicStream());
        this.subscriptions = new TopicSubscriptions(context, this);
        this.silences = new SilentTopics(context);
    }

    public Category category() {
        return category;
    }

    int number() {
        return number;
    }

    /** For people and statuses: {@code linear}, and {@code linear-2} where there are several. */
    public String name() {
        return number == 1 ? category.text() : category.text() + '-' + number;
    }

    public WebSocketSession session() {
        return session;
    }

    boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public boolean synthetic() {
        return session.synthetic();
    }

    public TopicTable topics() {
        return topics;
    }

    /** From now on the topic runs here. */
    public void add(Topic topic) {
        topic.link(this);
        topics.add(topic);
    }

    /** Whether so many topics with names as long as this one have room. */
    boolean takes(TopicName name, int count) {
        ConnectionCapacity limits = context.settings().connections();
        return topics.argsLength() + count * TopicTable.argLength(name.text()) <= limits.topicChars()
                && topics.size() + count <= limits.topics();
    }

    /** For how many nanoseconds it has had no topic; 0 where it has one. */
    long emptyFor() {
        return empty ? context.now() - emptySince : 0;
    }

    /** Opens the connection as soon as it may be. */
    void begin() {
        session.start();
    }

    private void subscribeAll() {
        context.figures().connects++;
        subscriptions.opened();
        List.copyOf(topics.all()).forEach(subscriptions::reconcile);
        subscriptions.flush();
    }

    private void endTopics() {
        silences.ended(List.copyOf(topics.all()));
        subscriptions.ended(topics.all());
        List.copyOf(topics.all()).forEach(topic -> {
            topic.stream().ended();
            watch.offWire(topic);
            if (!topic.wanted()) {
                left(topic);
            }
        });
    }

    @Override
    public void fail(String reason) {
        session.fail(reason);
    }

    /** Ends the connection for good. */
    public void stop() {
        for (Topic topic : topics.all()) {
            if (topic.stream() instanceof TradeStream trades) {
                trades.stopped();
            }
        }
        session.stop();
    }

    private void data(long receivedAt) {
        Topic topic = frame.topic;
        if (topic.wire() != Wire.ASKING && topic.wire() != Wire.ACTIVE) {
            context.figures().unknownTopicFrames++;
            return;
        }
        if (session.data() && context.rest().available()) {
            suspectTrades(null, Long.MAX_VALUE);
        }
        topic.framed(context.now());
        topic.stream().frame(frame, receivedAt, session.synthetic());
    }

    private void control() {
        if (frame.isPong()) {
            session.pong();
        } else if ("subscribe".equals(frame.op)
                || "unsubscribe".equals(frame.op)
                || "COMMAND_RESP".equals(frame.type)
                || !frame.success) {
            subscriptions.answered(frame);
        }
    }

    /**
     * A lost frame: of its topic where that could be read, else of any; a book notices by itself, trades must be
     * asked for.
     */
    private void unreadable(String why) {
        context.figures().unreadableFrames++;
        if (frame.topic != null) {
            frame.topic.stream().unreadable("a frame could not be read: " + why);
        } else {
            doubt(null);
            if (context.rest().available()) {
                suspectTrades(null, Long.MAX_VALUE);
            }
        }
    }

    /** Tells the topics of the symbol, or of all where it is null, that a frame of theirs may be lost. */
    @Override
    public void doubt(String symbol) {
        for (Topic topic : topics.all()) {
            if (topic.wire() == Wire.ACTIVE
                    && (symbol == null || symbol.equals(topic.name().symbol()))) {
                topic.stream().doubt();
            }
        }
    }

    /**
     * A frame was lost, as an update of a book shows. Its trades may be missing too, and those of symbols that have
     * no book here to show it.
     *
     * @param symbol of the book, or null where nothing is known of the frame
     * @param sinceMicros exchange time until which nothing was lost; what was emitted since then may be incomplete
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

    /** Brings the topic to the state that is wanted of it. */
    @Override
    public void reconcile(Topic topic) {
        if (session.isOpen()) {
            subscriptions.reconcile(topic);
        } else if (!topic.wanted()) {
            left(topic);
        }
    }

    /** Sends the requests that were collected. */
    public void flush() {
        subscriptions.flush();
    }

    public void tick() {
        if (topics.size() > 0) {
            empty = false;
        } else if (!empty) {
            empty = true;
            emptySince = context.now();
        }
        session.tick();
    }

    private boolean hasTrades() {
        return topics.all().stream().anyMatch(topic -> topic.name().kind() == Kind.TRADES);
    }

    /** Holds one trade stream at a time against the venue's list, so that many streams ask no faster than few. */
    private void audit() {
        if (context.now() - auditedAt < AUDIT_PACE || !context.rest().available()) {
            return;
        }
        TradeStream most = null;
        long overdue = 0;
        for (Topic topic : topics.all()) {
            if (topic.wire() == Wire.ACTIVE && topic.stream() instanceof TradeStream trades) {
                long by = trades.auditOverdue();
                if (by > overdue) {
                    overdue = by;
                    most = trades;
                }
            }
        }
        if (most != null) {
            auditedAt = context.now();
            most.audit();
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
        watch.active(topic);
    }

    @Override
    public void offWire(Topic topic) {
        if (!(topic.stream() instanceof BookStream)) {
            // A book that is asked for again has been said to be stale; of trades those that come now are missed.
            topic.stream().ended();
        }
        watch.offWire(topic);
    }

    @Override
    public void left(Topic topic) {
        silences.ended(List.of(topic));
        subscriptions.forget(topic);
        topics.remove(topic);
        session.rhythmChanged();
        topic.stream().ended();
        watch.left(topic);
    }

    @Override
    public void refused(Topic topic, String text) {
        silences.ended(List.of(topic));
        subscriptions.forget(topic);
        topics.remove(topic);
        if (topic.stream() instanceof TradeStream trades) {
            trades.abandon(text);
        }
        topic.stream().ended();
        watch.refused(topic, text);
    }

    @Override
    public void throttled(String text, long waitMillis) {
        watch.throttled(this, text, waitMillis);
    }

    @Override
    public void troubled(Topic topic, String text, long waitMillis) {
        watch.troubled(topic, text, waitMillis);
    }

    @Override
    public void dead(String reason) {
        fail(reason);
    }

    /** What the session does on a public stream. */
    private final class PublicStream implements SessionProtocol {

        @Override
        public void ping() {
            context.figures().pings++;
            session.send(SubscribeRequest.PING);
        }

        @Override
        public void opened() {
            watch.up(StreamConnection.this);
            subscribeAll();
        }

        /** The old connection is left, and everything is asked for anew. */
        @Override
        public void replaced(long ageMillis) {
            context.figures().recycles++;
            endTopics();
            watch.recycled(StreamConnection.this, ageMillis);
            subscribeAll();
        }

        @Override
        public void frame(byte[] bytes, int offset, int length, long receivedAt) {
            context.figures().frames++;
            String unreadable = parser.parse(bytes, offset, length, receivedAt, topics, frame);
            if (unreadable != null) {
                unreadable(unreadable);
                subscriptions.flush();
                return;
            }
            switch (frame.kind) {
                case DATA -> data(receivedAt);
                case UNKNOWN_TOPIC -> context.figures().unknownTopicFrames++;
                case CONTROL -> control();
            }
            subscriptions.flush();
        }

        @Override
        public void tick() {
            List<Topic> all = List.copyOf(topics.all());
            all.forEach(topic -> topic.stream().tick());
            silences.tick(all);
            audit();
            subscriptions.tick();
            subscriptions.flush();
        }

        /** The venue wants long waits after a 403 and a 429. */
        @Override
        public long retryAfter(int httpStatus, ReconnectWaits waits) {
            return waits.next(
                    switch (httpStatus) {
                        case 403 -> Pace.FORBIDDEN;
                        case 429 -> Pace.THROTTLED;
                        default -> Pace.NORMAL;
                    });
        }

        @Override
        public boolean refusesHost(int httpStatus) {
            return httpStatus == 403 || httpStatus == 429;
        }

        @Override
        public void ended(SessionEnd end) {
            context.figures().disconnects += end.wasOpen() ? 1 : 0;
            endTopics();
            watch.down(StreamConnection.this, end);
        }

        /** Without REST, trades that fall between would be lost. */
        @Override
        public boolean mayBeReplaced() {
            return context.rest().wellFor(REST_WELL_FOR) || !hasTrades();
        }

        @Override
        public void budgetUsedUp(long nanos) {
            watch.usedUp(StreamConnection.this, nanos / 1_000_000L);
        }
    }
}

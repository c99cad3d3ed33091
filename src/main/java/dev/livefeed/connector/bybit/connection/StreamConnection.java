package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.context.Timeouts;
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
import dev.livefeed.connector.sdk.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One WebSocket to the venue, made anew whenever it ends, with the topics that run on it.
 *
 * <p>The wanted topics live here and not in the connection: each new one is brought to the same state. The waits between
 * attempts start small again when market data has come; having connected is not enough.
 */
public final class StreamConnection implements TopicConnection, TopicSubscriptions.Wiring {

    private static final long RECYCLE_AGAIN = 60_000_000_000L;
    private static final long AUDIT_PACE = 1_000_000_000L;

    private enum State {
        CLOSED,
        OPENING,
        OPEN
    }

    private final FeedContext context;
    private final Category category;
    private final int number;
    private final URI uri;
    private final Watch watch;
    private final FrameParser parser;
    private final TopicTable topics = new TopicTable();
    private final ParsedFrame frame = new ParsedFrame();
    private final TopicSubscriptions subscriptions;
    private final KeepAlive heart;
    private final StallDetector pulse;
    private final SilentTopics silences;
    private final Backoff backoff;
    private final Backoff throttled;
    private final Backoff forbidden;
    private State state = State.CLOSED;
    private int id;
    private boolean synthetic;
    private boolean hadData;
    private int attempts;
    private long openingSince;
    private long retryAt;
    private long auditedAt;
    private boolean empty;
    private long emptySince;
    private boolean saidUsedUp;

    /** The connection that is to take this one's place, or 0; since when it is being opened, and when it should be. */
    private int nextId;

    private long nextSince;
    private long openSince;
    private long recycleAt;

    /** Who is told of the link's changes. */
    public interface Watch {

        void up(StreamConnection link);

        /**
         * The link has ended, or could not be opened.
         *
         * @param retryMillis when it will be tried again
         */
        void down(StreamConnection link, String reason, int attempt, long retryMillis);

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
        this.uri = context.settings().webSocket(category);
        this.parser = parser;
        this.watch = watch;
        this.subscriptions = new TopicSubscriptions(context, this);
        this.heart = new KeepAlive(context, () -> send(SubscribeRequest.PING));
        Timeouts limits = context.settings().limits();
        this.silences = new SilentTopics(context);
        this.pulse = new StallDetector(limits.dataSilence());
        this.backoff = new Backoff(limits.reconnectFirst(), limits.reconnectLongest(), context.random());
        this.throttled = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(60), context.random());
        this.forbidden = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10), context.random());
    }

    public Category category() {
        return category;
    }

    public int number() {
        return number;
    }

    /** For people and statuses: {@code linear}, and {@code linear-2} where there are several. */
    public String name() {
        return number == 1 ? category.text() : category.text() + '-' + number;
    }

    public URI uri() {
        return uri;
    }

    public int id() {
        return id;
    }

    /** Whether the connection of that number at the network is this link's, or is to be. */
    public boolean has(int connection) {
        return connection != 0 && (connection == id || connection == nextId);
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public boolean synthetic() {
        return synthetic;
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
    public boolean takes(TopicName name, int count) {
        BybitSettings settings = context.settings();
        return topics.argsLength() + count * TopicTable.argLength(name.text()) <= settings.topicChars()
                && topics.size() + count <= settings.topicsPerConnection();
    }

    /** For how many nanoseconds it has had no topic; 0 where it has one. */
    public long emptyFor() {
        return empty ? context.now() - emptySince : 0;
    }

    /** Opens the connection as soon as it may be. */
    public void begin() {
        retryAt = context.now();
        tick();
    }

    private void open() {
        state = State.OPENING;
        id = context.identifiers().next();
        openingSince = context.now();
        saidUsedUp = false;
        attempts++;
        context.network().open(id, uri);
    }

    public void opened(int connection, boolean saysSynthetic) {
        context.dialer().done(this);
        context.figures().connects++;
        synthetic = saysSynthetic;
        if (connection == nextId) {
            takeOver();
        } else {
            state = State.OPEN;
            hadData = false;
            watch.up(this);
        }
        openSince = context.now();
        long age = context.settings().limits().recycle().toNanos();
        recycleAt = openSince + (long) (age * (1 - 0.1 * context.random().nextDouble()));
        heart.opened();
        pulse.begin(context.now());
        subscriptions.opened();
        List.copyOf(topics.all()).forEach(subscriptions::reconcile);
        subscriptions.flush();
    }

    /** The new connection is open: the old one is left, and everything is asked for anew. */
    private void takeOver() {
        context.network().close(id);
        id = nextId;
        nextId = 0;
        context.figures().recycles++;
        endTopics();
        watch.recycled(this, (context.now() - openSince) / 1_000_000L);
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

    /** A connection that the link had, or was to have, has ended. */
    public void ended(int connection, String reason, int httpStatus) {
        if (connection == nextId) {
            forgetNext();
            if (httpStatus == 403 || httpStatus == 429) {
                context.dialer().hold(forbidden.next());
            }
        } else {
            closed(reason, httpStatus);
        }
    }

    /** The old connection is kept; another attempt follows. */
    private void forgetNext() {
        if (nextId != 0) {
            context.network().close(nextId);
            context.dialer().done(this);
            nextId = 0;
            recycleAt = context.now() + RECYCLE_AGAIN;
        }
    }

    /**
     * The other side, or the network, has ended it.
     *
     * @param httpStatus of a refused handshake, otherwise 0; the venue wants long waits after a 403 and a 429
     */
    private void closed(String reason, int httpStatus) {
        if (state == State.CLOSED) {
            return;
        }
        forgetNext();
        context.dialer().done(this);
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSED;
        if (wasOpen) {
            context.figures().disconnects++;
        }
        long wait = (httpStatus == 403 ? forbidden : httpStatus == 429 ? throttled : backoff).next();
        retryAt = context.now() + wait;
        if (httpStatus == 403 || httpStatus == 429) {
            context.dialer().hold(wait);
        }
        endTopics();
        watch.down(this, reason, attempts, wait / 1_000_000L);
    }

    /** Ends the connection because it is of no use any more, and makes it anew after the wait. */
    @Override
    public void fail(String reason) {
        if (state != State.CLOSED) {
            context.network().close(id);
            closed(reason, 0);
        }
    }

    /** Ends the connection for good. */
    public void stop() {
        for (Topic topic : topics.all()) {
            if (topic.stream() instanceof TradeStream trades) {
                trades.stopped();
            }
        }
        forgetNext();
        context.dialer().done(this);
        if (state != State.CLOSED) {
            context.network().close(id);
            state = State.CLOSED;
        }
    }

    public void frame(byte[] bytes, int offset, int length, long receivedAt) {
        context.figures().frames++;
        heart.frame();
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

    private void data(long receivedAt) {
        Topic topic = frame.topic;
        if (topic.wire() != Wire.ASKING && topic.wire() != Wire.ACTIVE) {
            context.figures().unknownTopicFrames++;
            return;
        }
        heart.data();
        if (pulse.beat(context.now()) && context.rest().available()) {
            suspectTrades(null, Long.MAX_VALUE);
        }
        if (!hadData) {
            hadData = true;
            attempts = 0;
            backoff.reset();
            throttled.reset();
            forbidden.reset();
        }
        topic.framed(context.now());
        topic.stream().frame(frame, receivedAt, synthetic);
    }

    private void control() {
        if (frame.isPong()) {
            heart.pong();
        } else if ("subscribe".equals(frame.op)
                || "unsubscribe".equals(frame.op)
                || "COMMAND_RESP".equals(frame.type)
                || !frame.success) {
            subscriptions.answered(frame);
        }
    }

    /** A lost frame: of its topic where that could be read, else of any; a book notices by itself, trades must be asked for. */
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
     * A frame was lost, as an update of a book shows. Its trades may be missing too, and those of symbols that have no book
     * here to show it.
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
        if (state == State.OPEN) {
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
        switch (state) {
            case CLOSED -> {
                if (context.now() - retryAt >= 0) {
                    dial();
                }
            }
            case OPENING -> {
                if (context.now() - openingSince
                        > context.settings().limits().open().toNanos()) {
                    fail("the connection did not open within "
                            + context.settings().limits().open().toSeconds() + " s");
                }
            }
            case OPEN -> {
                String dead = heart.tick();
                if (dead != null) {
                    fail(dead);
                    return;
                }
                long silence = pulse.deadFor(context.now());
                if (silence > 0) {
                    pulse.died(context.now());
                    fail("no market data for " + silence / 1_000_000L + " ms, though pings are answered");
                    return;
                }
                List<Topic> all = List.copyOf(topics.all());
                all.forEach(topic -> topic.stream().tick());
                silences.tick(all);
                audit();
                subscriptions.tick();
                subscriptions.flush();
                if (state == State.OPEN) {
                    recycle();
                }
            }
        }
    }

    /** Opens the connection that is to take this one's place, where this one is old enough; without REST trades would be lost. */
    private void recycle() {
        long now = context.now();
        if (nextId != 0) {
            if (now - nextSince > context.settings().limits().open().toNanos()) {
                forgetNext();
            }
        } else if (!context.settings().limits().recycle().isZero()
                && now - recycleAt >= 0
                && (context.rest().wellFor(RECYCLE_AGAIN) || !hasTrades())
                && context.dialer().mayOpen(this)) {
            nextId = context.identifiers().next();
            nextSince = now;
            context.network().open(nextId, uri);
        }
    }

    private boolean hasTrades() {
        return topics.all().stream().anyMatch(topic -> topic.name().kind() == Kind.TRADES);
    }

    private void dial() {
        if (context.dialer().mayOpen(this)) {
            open();
        } else if (context.dialer().usedUpNanos() > 0 && !saidUsedUp) {
            saidUsedUp = true;
            watch.usedUp(this, context.dialer().usedUpNanos() / 1_000_000L);
        }
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
        context.network().send(id, text);
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
        pulse.forget();
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
}

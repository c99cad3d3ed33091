package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.RecordingEnded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a recording: every line of a subscribed stream as it was printed, in its order, with its times.
 *
 * <ul>
 *   <li>It begins when all configured streams are subscribed, so that each run is the same, and else when no command has come
 *       for a while. Without any subscription it waits.
 *   <li>What the recorded connector said of its exchange is passed on, so that outages are seen as they were; what it said of
 *       itself (subscriptions, heartbeats) is replaced.
 *   <li>While the reader of the events is behind it waits. Nothing is merged or lost.
 *   <li>At the end of the recording the process ends.
 * </ul>
 */
final class ReplayFeed implements ConnectorFeed {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);

    /** Between two of them commands and heartbeats have their turn. */
    private static final long SLICE_NANOS = 10_000_000L;

    private static final long SETTLED_NANOS = 2_000_000_000L;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int MOST_BOOKS = 4_000;
    private static final int MOST_SYMBOLS = 10_000;
    /** Each of the first troubles is told, the others are counted. */
    private static final int MOST_TOLD = 50;

    private static final int SHOWN_SYMBOLS = 10;

    private final ReplaySettings settings;
    private final Outbox outbox;
    private final TimeSource time;
    private final IntConsumer end;
    private final Recording recording;
    private final EventReader reader;
    private final ReplayPace pace;
    private final ReplaySubscriptions wanted;
    /** Configured streams that are not yet asked for. */
    private final Set<String> expected = new HashSet<>();

    private final Map<String, ResumePoint> resumptions = new LinkedHashMap<>();
    private final Map<BookKey, RecordedBook> books = new LinkedHashMap<>();
    private final Map<String, Kept> instruments = new LinkedHashMap<>();
    private final Set<String> recordedSymbols = new TreeSet<>();
    /** In place of a receive time that the recording does not have. */
    private final long unknown;

    private final long startedAt;
    private final boolean configured;
    private long commandAt;
    private boolean playing;
    private boolean waitingTold;
    /** Whether the time to begin at is reached. */
    private boolean begun;

    private boolean done;
    /** Read and not yet played, with its time; null where the next line has to be read. */
    private Event pending;

    private long pendingMicros = -1;
    private long position = -1;
    private long firstPassed = -1;
    /** How the recorded connector stands at this place of the recording. */
    private boolean connected;

    private Kept disconnected;
    private final RecordedStatus recorded = new RecordedStatus();
    private long passed;
    private long unusable;
    private long withoutSnapshot;
    private long troubles;

    private record BookKey(String symbol, int levels) {}

    /** A status that holds on, with its line. */
    private record Kept(Status status, byte[] line) {}

    ReplayFeed(ReplaySettings settings, Outbox outbox, TimeSource time, IntConsumer end) {
        this.settings = settings;
        this.outbox = outbox;
        this.time = time;
        this.end = end;
        this.unknown = time.micros();
        this.startedAt = time.nanos();
        this.recording = new Recording(settings.files(), this::trouble);
        this.reader = new EventReader(settings.symbols(), false, () -> unknown);
        this.pace = new ReplayPace(settings.speed());
        this.wanted = new ReplaySubscriptions(settings.depth());
        this.begun = settings.from() < 0;
        settings.symbols()
                .forEach(symbol -> settings.channels().forEach(channel -> expected.add(symbol + ' ' + channel)));
        this.configured = !expected.isEmpty();
    }

    @Override
    public void start() {
        Object speed = settings.speed() == 0 ? "max" : settings.speed();
        outbox.status(new ConnectionUp(
                Head.of(outbox.connector(), null),
                ConnectionInfo.NONE,
                true,
                true,
                new Extras(Map.of("speed", speed), List.of())));
    }

    @Override
    public void command(Command command) {
        commandAt = time.nanos();
        switch (command.kind()) {
            case SUBSCRIBE -> subscribe(command);
            case UNSUBSCRIBE -> unsubscribe(command);
            default -> resync(command);
        }
    }

    private void subscribe(Command command) {
        String channel = command.channel();
        String symbol = command.symbol();
        expected.remove(symbol + ' ' + channel);
        String refusal = wanted.refusal(channel, symbol);
        if (refusal != null) {
            refuse(command, refusal);
            return;
        }
        boolean knownSymbol = wanted.has(symbol);
        boolean again = wanted.has(channel, symbol);
        wanted.add(channel, symbol);
        outbox.status(new Subscribed(head(command), null, null, null));
        if (!playing) {
            if (command.since() >= 0) {
                resumptions.put(symbol, new ResumePoint(command.since(), Set.copyOf(command.known())));
            }
            return;
        }
        if (command.since() >= 0 && position > command.since() && !again) {
            outbox.status(new Gap(
                    Head.of(outbox.connector(), symbol, channel, "the recording had gone on when it was subscribed"),
                    null,
                    Times.instant(command.since()),
                    Times.instant(position),
                    null));
        }
        if (begun && !again) {
            if (!knownSymbol) {
                tell(instruments.get(symbol));
            }
            tellBooks(symbol);
        }
    }

    private void unsubscribe(Command command) {
        wanted.remove(command.channel(), command.symbol());
        if (command.channel().startsWith(ReplaySubscriptions.DEPTH)) {
            books.forEach((key, book) -> {
                if (key.symbol().equals(command.symbol()) && wanted.book(book, key.levels()) == null) {
                    book.untold();
                }
            });
        }
        outbox.status(new Unsubscribed(head(command), null, null));
    }

    private void resync(Command command) {
        ReplaySubscriptions.Stream stream = wanted.stream(command.channel(), command.symbol());
        if (stream == null || !command.channel().startsWith(ReplaySubscriptions.DEPTH)) {
            refuse(command, "no book of " + command.symbol() + " is subscribed, so there is nothing to resync");
            return;
        }
        for (Map.Entry<BookKey, RecordedBook> entry : books.entrySet()) {
            if (entry.getKey().symbol().equals(command.symbol())
                    && wanted.book(entry.getValue(), entry.getKey().levels()) == stream) {
                Depth snapshot = entry.getValue().tell();
                if (snapshot != null) {
                    outbox.status(new Resyncing(head(command), null, null));
                    outbox.depth(snapshot);
                    return;
                }
            }
        }
        refuse(
                command,
                "the recording does not say here what the book of " + command.symbol()
                        + " holds; its next snapshot is passed on");
    }

    @Override
    public void commandsDone() {}

    @Override
    public void tick() {
        if (done || !(playing || mayPlay())) {
            return;
        }
        long now = time.nanos();
        long until = now + SLICE_NANOS;
        while (now < until && !outbox.full()) {
            if (pending == null && !read()) {
                finish();
                return;
            }
            if (pending != null) {
                if (begun && !pace.due(pendingMicros, now)) {
                    return;
                }
                play();
            }
            now = time.nanos();
            if (done) {
                return;
            }
        }
    }

    private boolean mayPlay() {
        long now = time.nanos();
        if (wanted.size() == 0) {
            if (!waitingTold && now - startedAt > PATIENCE_NANOS) {
                waitingTold = true;
                LOG.info(
                        "Nothing is subscribed yet, so nothing is played; a subscription is a line such as "
                                + "{\"command\":\"subscribe\",\"channel\":\"trades\",\"symbol\":\"BTCUSDT\"} on standard input");
            }
            return false;
        }
        boolean allAsked = configured && expected.isEmpty();
        playing = allAsked || now - commandAt > SETTLED_NANOS;
        if (playing) {
            LOG.info(
                    "{} files are played at speed {} for {} subscriptions",
                    settings.files().size(),
                    settings.speed() == 0 ? "max" : settings.speed(),
                    wanted.size());
        }
        return playing;
    }

    /** Reads the next line; {@link #pending} stays null where it is of no use. False at the end of the recording. */
    private boolean read() {
        if (!recording.next()) {
            return false;
        }
        try {
            pending = reader.read(recording.buffer(), recording.offset(), recording.length());
            pendingMicros = micros(pending);
        } catch (InvalidEventException e) {
            unusable++;
            trouble(
                    recording.whole()
                            ? recording.place() + " cannot be used: " + e.getMessage()
                            : recording.place() + " is cut off: the file ends inside the line");
        }
        return true;
    }

    /** When it was received, or, where the recording does not say, what time of the exchange it has; -1 where it has none. */
    private long micros(Event event) {
        if (event instanceof Trade trade) {
            return trade.receivedAt() == unknown ? trade.timestampMicros() : trade.receivedAt();
        }
        if (event instanceof Depth depth) {
            return depth.receivedAt() == unknown ? depth.timestampMicros() : depth.receivedAt();
        }
        if (event instanceof MarketEvent market) {
            return market.receivedAt() == unknown ? market.timestampMicros() : market.receivedAt();
        }
        return -1;
    }

    private void play() {
        Event event = pending;
        pending = null;
        if (pendingMicros >= 0) {
            if (pendingMicros >= settings.to()) {
                finish();
                return;
            }
            if (!begun && pendingMicros >= settings.from()) {
                begin();
            }
            position = Math.max(position, pendingMicros);
            if (recordedSymbols.size() < MOST_SYMBOLS) {
                recordedSymbols.add(event.symbol());
            }
        }
        if (event instanceof Trade trade) {
            trade(trade);
        } else if (event instanceof Depth depth) {
            depth(depth);
        } else if (event instanceof MarketEvent market) {
            if (begun && reached(market.symbol(), market.timestampMicros())) {
                pass(market, wanted.stream(market.channel(), market.symbol()));
            }
        } else if (event instanceof Status status) {
            status(status);
        } else if (event instanceof Failure failure) {
            failure(failure);
        } else if (begun && (event instanceof AccountEvent || concerns(event.symbol()))) {
            line(event);
        }
    }

    /** The time to begin at is reached: what holds on from before is told first. */
    private void begin() {
        begun = true;
        tell(disconnected);
        instruments.values().forEach(kept -> {
            if (concerns(kept.status().symbol())) {
                tell(kept);
            }
        });
        books.keySet().stream().map(BookKey::symbol).distinct().toList().forEach(this::tellBooks);
    }

    private void trade(Trade trade) {
        if (!begun) {
            return;
        }
        ResumePoint resumption = resumptions.get(trade.symbol());
        if (resumption != null) {
            reached(trade.symbol(), trade.timestampMicros());
            if (!resumption.wants(trade)) {
                return;
            }
        }
        pass(trade, wanted.stream(ReplaySubscriptions.TRADES, trade.symbol()));
    }

    private void depth(Depth depth) {
        RecordedBook book = book(depth);
        if (begun && reached(depth.symbol(), depth.timestampMicros())) {
            ReplaySubscriptions.Stream stream = book == null ? null : wanted.book(book, depth.levels());
            if (stream != null && book.tells(depth)) {
                pass(depth, stream);
            } else if (stream != null) {
                withoutSnapshot++;
            }
        }
        if (book != null) {
            book.take(depth);
        }
    }

    private RecordedBook book(Depth depth) {
        BookKey key = new BookKey(depth.symbol(), depth.levels());
        RecordedBook book = books.get(key);
        if (book == null) {
            if (books.size() == MOST_BOOKS) {
                return null;
            }
            book = new RecordedBook(depth.symbol(), depth.levels());
            books.put(key, book);
        }
        return book;
    }

    /** Whether the reader does not have this part of the symbol's recording yet; its books are told when that begins. */
    private boolean reached(String symbol, long timestampMicros) {
        ResumePoint resumption = resumptions.get(symbol);
        if (resumption == null || resumption.reached()) {
            return true;
        }
        if (!resumption.reached(timestampMicros)) {
            return false;
        }
        tellBooks(symbol);
        return true;
    }

    private boolean concerns(String symbol) {
        return symbol == null || wanted.has(symbol);
    }

    private void status(Status status) {
        boolean passedOn = status.accept(recorded);
        if (passedOn && begun && concerns(status.symbol())) {
            line(status);
        }
    }

    /** Takes note of what holds on; tells which statuses are passed on. */
    private final class RecordedStatus implements StatusVisitor<Boolean> {

        @Override
        public Boolean other(Status status) {
            return true;
        }

        @Override
        public Boolean heartbeat(Heartbeat status) {
            return false;
        }

        @Override
        public Boolean subscribed(Subscribed status) {
            return false;
        }

        @Override
        public Boolean unsubscribed(Unsubscribed status) {
            return false;
        }

        @Override
        public Boolean connectionUp(ConnectionUp status) {
            Long open = status.connection().open();
            if (connected && (open == null || open <= 1)) {
                processEnded(status.connection().connection());
            }
            connected = true;
            disconnected = null;
            return true;
        }

        @Override
        public Boolean connectionDown(ConnectionDown status) {
            if (!status.othersOpen()) {
                connected = false;
                disconnected = kept(status);
                books.values().forEach(RecordedBook::lost);
            }
            return true;
        }

        @Override
        public Boolean resyncing(Resyncing status) {
            lost(status);
            return true;
        }

        @Override
        public Boolean instrumentInfo(InstrumentInfo status) {
            if (status.symbol() != null
                    && (instruments.size() < MOST_SYMBOLS || instruments.containsKey(status.symbol()))) {
                instruments.put(status.symbol(), kept(status));
            }
            return true;
        }
    }

    /** A connector that says twice that it is connected is another process: what it knew before is gone. */
    private void processEnded(String connection) {
        books.values().forEach(RecordedBook::lost);
        if (begun) {
            outbox.status(new ConnectionDown(
                    Head.of(outbox.connector(), "the recorded process ended here, and another was started"),
                    new ConnectionInfo(null, connection, null, null),
                    null,
                    null));
        }
    }

    private void lost(Resyncing resyncing) {
        int levels = resyncing.depth();
        books.forEach((key, book) -> {
            if (key.symbol().equals(resyncing.symbol())
                    && (levels == 0 || key.levels() == levels || key.levels() == 0)) {
                book.lost();
            }
        });
    }

    private Kept kept(Status status) {
        int from = recording.offset();
        return new Kept(status, Arrays.copyOfRange(recording.buffer(), from, from + recording.length()));
    }

    /** Trouble of then; it answers no command of now, and ends nothing. */
    private void failure(Failure failure) {
        if (begun && concerns(failure.symbol())) {
            outbox.failure(
                    new Failure(failure.error(), failure.code(), failure.symbol(), failure.channel(), null, false));
        }
    }

    private void tell(Kept kept) {
        if (kept != null) {
            outbox.recorded(kept.status(), kept.line(), 0, kept.line().length);
        }
    }

    private void tellBooks(String symbol) {
        books.forEach((key, book) -> {
            if (key.symbol().equals(symbol)) {
                ReplaySubscriptions.Stream stream = wanted.book(book, key.levels());
                Depth snapshot = stream == null ? null : book.tell();
                if (snapshot != null) {
                    stream.passed();
                    passed++;
                    outbox.depth(snapshot);
                }
            }
        });
    }

    private void pass(Event event, ReplaySubscriptions.Stream stream) {
        if (stream == null) {
            return;
        }
        stream.passed();
        passed++;
        if (firstPassed < 0) {
            firstPassed = pendingMicros;
        }
        line(event);
    }

    private void line(Event event) {
        outbox.recorded(event, recording.buffer(), recording.offset(), recording.length());
    }

    private void finish() {
        done = true;
        recording.close();
        resumptions.forEach((symbol, resumption) -> {
            if (!resumption.reached()) {
                tellBooks(symbol);
            }
        });
        String held = "it holds " + (recordedSymbols.isEmpty() ? "nothing that can be used" : symbols());
        wanted.silent().stream().limit(MOST_TOLD).forEach(stream -> silent(stream, held));
        if (passed == 0 && resumptions.isEmpty()) {
            String text = "Nothing of the recording could be played: of " + recording.lines() + " lines " + unusable
                    + " are unusable, and none is of what is subscribed"
                    + (settings.from() >= 0 || settings.to() < Long.MAX_VALUE ? " in the time that is asked for" : "")
                    + "; "
                    + held;
            LOG.error(text);
            outbox.failure(new Failure(text, "not-recorded", null, null, null, true));
            end.accept(ExitCode.CONFIGURATION);
            return;
        }
        boolean timed = firstPassed >= 0;
        LOG.info("The recording has ended: {} events of {} lines", passed, recording.lines());
        outbox.status(new RecordingEnded(
                Head.of(outbox.connector(), null),
                passed,
                recording.lines(),
                unusable + recording.tooLong(),
                timed ? Times.instant(firstPassed) : null,
                timed ? Times.instant(position) : null));
        end.accept(ExitCode.OK);
    }

    private void silent(ReplaySubscriptions.Stream stream, String held) {
        String text = stream.channel() + " of " + stream.symbol() + ": the recording holds none"
                + (withoutSnapshot > 0 && stream.channel().startsWith(ReplaySubscriptions.DEPTH)
                        ? " with a snapshot before it"
                        : "")
                + "; " + held;
        LOG.warn(text);
        outbox.failure(new Failure(text, "not-recorded", stream.symbol(), stream.channel(), null, false));
    }

    private String symbols() {
        String some =
                String.join(", ", recordedSymbols.stream().limit(SHOWN_SYMBOLS).toList());
        int more = recordedSymbols.size() - SHOWN_SYMBOLS;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    @Override
    public void stop() {
        done = true;
        recording.close();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("subscriptions", wanted.size());
        figures.put("replay", done ? "ended" : playing ? "playing" : "waiting");
        if (recording.file() != null) {
            figures.put("replay_file", recording.file());
        }
        if (position >= 0) {
            figures.put("replay_position", Times.instant(position).toString());
        }
        figures.put("replay_lines", recording.lines());
        figures.put("replay_unusable_lines", unusable + recording.tooLong());
        figures.put("replay_changes_without_snapshot", withoutSnapshot);
        return figures;
    }

    private void trouble(String text) {
        troubles++;
        if (troubles <= MOST_TOLD) {
            String told = troubles < MOST_TOLD ? text : text + "; further lines like it are only counted";
            LOG.warn(told);
            outbox.failure(new Failure(told, "recording", null, null, null, false));
        }
    }

    private Head head(Command command) {
        return new Head(outbox.connector(), command.symbol(), command.channel(), command.id(), null);
    }

    private void refuse(Command command, String text) {
        outbox.failure(new Failure(text, "refused", command.symbol(), command.channel(), command.id(), false));
    }
}

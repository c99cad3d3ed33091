package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionRecycled;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.Exhausted;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.ReplayStatus.RecordingEnded;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.Throttled;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import dev.livefeed.protocol.status.UnknownStatus;
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
 * Plays a recording: every line of a subscribed stream unchanged, in the recorded order and with the recorded times.
 *
 * <ul>
 *   <li>It starts when all configured streams are subscribed, so that every run is the same; otherwise 2 s after the
 *       last command. Without a subscription it waits.
 *   <li>Statuses about the recorded exchange are replayed, so that outages appear as they were; statuses of the
 *       recorded connector itself (subscriptions, heartbeats) are replaced.
 *   <li>It waits for a slow reader. Nothing is merged or lost.
 *   <li>The process ends with the recording.
 * </ul>
 */
final class ReplayFeed implements ConnectorFeed {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);

    /** Length of a turn, after which commands and heartbeats are handled. */
    private static final long SLICE_NANOS = 10_000_000L;

    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long HINT_AFTER_NANOS = 5_000_000_000L;
    private static final int MAX_BOOKS = 4_000;
    private static final int MAX_SYMBOLS = 10_000;
    /** Errors beyond this number are only counted. */
    private static final int MAX_REPORTED_ERRORS = 50;

    private static final int MAX_SHOWN_SYMBOLS = 10;

    private final ReplaySettings settings;
    private final Outbox outbox;
    private final TimeSource time;
    private final IntConsumer end;
    private final Recording recording;
    private final EventReader reader;
    private final ReplayPace pace;
    private final ReplayControl control;
    private final ReplaySubscriptions subscriptions;
    /** Configured streams that are not subscribed yet. */
    private final Set<String> pendingStreams = new HashSet<>();

    private final Map<String, ResumePoint> resumePoints = new LinkedHashMap<>();
    private final Map<BookKey, RecordedBook> books = new LinkedHashMap<>();
    private final Map<String, RetainedStatus> instruments = new LinkedHashMap<>();
    private final Set<String> recordedSymbols = new TreeSet<>();
    private final long startedAt;
    private final boolean configured;
    private long lastCommandAt;
    private boolean playing;
    private boolean hintLogged;
    /** Whether {@code REPLAY_FROM} is reached. */
    private boolean started;

    private boolean done;
    /** The event that was read but not played yet; null if the next line has to be read. */
    private Event pending;

    private long pendingMicros = -1;
    private long position = -1;
    private long firstPlayed = -1;
    /** Whether the recorded connector is connected at this point of the recording. */
    private boolean connected;

    private RetainedStatus disconnected;
    private final RecordedStatus recorded = new RecordedStatus();
    private final RecordedTime recordedTime;
    private final Playback playback = new Playback();
    private long played;
    private long unusable;
    private long withoutSnapshot;
    private long errors;

    private record BookKey(InstrumentId instrument, int levels) {

        private String symbol() {
            return instrument.symbol();
        }
    }

    /** A status that stays valid, with its line. */
    private record RetainedStatus(Status status, byte[] line) {}

    ReplayFeed(ReplaySettings settings, Outbox outbox, TimeSource time, IntConsumer end) {
        this.settings = settings;
        this.outbox = outbox;
        this.time = time;
        this.end = end;
        long unknownMicros = time.micros();
        this.recordedTime = new RecordedTime(unknownMicros);
        this.startedAt = time.nanos();
        this.recording = new Recording(settings.files(), this::reportError);
        this.reader = new EventReader(settings.symbols(), false, () -> unknownMicros);
        this.pace = new ReplayPace(settings.speed());
        RecordedSpan span = RecordedSpan.of(
                settings, new EventReader(settings.symbols(), false, () -> unknownMicros), recordedTime);
        this.control = new ReplayControl(outbox, pace, span, recording, () -> position);
        this.subscriptions = new ReplaySubscriptions(settings.depth());
        this.started = settings.from() < 0;
        settings.symbols()
                .forEach(symbol -> settings.channels().forEach(channel -> pendingStreams.add(symbol + ' ' + channel)));
        this.configured = !pendingStreams.isEmpty();
    }

    @Override
    public void start() {
        outbox.status(new ConnectionUp(
                Head.of(outbox.connector(), null),
                ConnectionInfo.NONE,
                true,
                true,
                new Extras(Map.of("speed", settings.speed().toString()), List.of())));
        control.report(null);
    }

    @Override
    public void command(Command command) {
        lastCommandAt = time.nanos();
        switch (command.kind()) {
            case SUBSCRIBE -> subscribe(command);
            case UNSUBSCRIBE -> unsubscribe(command);
            default -> resync(command);
        }
    }

    @Override
    public boolean replay(Command command) {
        control.command(command, time.nanos());
        return true;
    }

    private void subscribe(Command command) {
        String channel = command.channel();
        String symbol = command.symbol();
        pendingStreams.remove(symbol + ' ' + channel);
        String refusal = subscriptions.refusal(channel, symbol);
        if (refusal != null) {
            refuse(command, refusal);
            return;
        }
        boolean knownSymbol = subscriptions.has(symbol);
        boolean again = subscriptions.has(channel, symbol);
        subscriptions.add(channel, symbol);
        outbox.status(new Subscribed(head(command), null, null, null));
        if (!playing) {
            if (command.since() >= 0) {
                resumePoints.put(symbol, new ResumePoint(command.since(), Set.copyOf(command.known())));
            }
            return;
        }
        if (command.since() >= 0 && position > command.since() && !again) {
            outbox.status(new Gap(
                    Head.of(outbox.connector(), symbol, channel, "the recording had continued before the subscription"),
                    null,
                    Times.instant(command.since()),
                    Times.instant(position),
                    null));
        }
        if (started && !again) {
            if (!knownSymbol) {
                writeRetained(instruments.get(symbol));
            }
            writeSnapshots(symbol);
        }
    }

    private void unsubscribe(Command command) {
        subscriptions.remove(command.channel(), command.symbol());
        if (Depth.carriedBy(command.channel())) {
            books.forEach((key, book) -> {
                if (key.symbol().equals(command.symbol()) && subscriptions.book(book, key.levels()) == null) {
                    book.forgetReader();
                }
            });
        }
        outbox.status(new Unsubscribed(head(command), null, null));
    }

    private void resync(Command command) {
        ReplaySubscriptions.Stream stream = subscriptions.stream(command.channel(), command.symbol());
        if (stream == null || !Depth.carriedBy(command.channel())) {
            refuse(command, "no book of " + command.symbol() + " is subscribed");
            return;
        }
        for (Map.Entry<BookKey, RecordedBook> entry : books.entrySet()) {
            if (entry.getKey().symbol().equals(command.symbol())
                    && subscriptions.book(entry.getValue(), entry.getKey().levels()) == stream) {
                Depth snapshot = entry.getValue().snapshot();
                if (snapshot != null) {
                    outbox.status(new Resyncing(head(command), null, null));
                    outbox.depth(snapshot);
                    return;
                }
            }
        }
        refuse(
                command,
                "the book of " + command.symbol()
                        + " is not known at this point of the recording; its next snapshot will be sent");
    }

    @Override
    public void commandsDone() {}

    @Override
    public void tick() {
        if (done || !(playing || checkStart()) || control.holds()) {
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
                if (started && !control.stepping() && !pace.due(pendingMicros, now)) {
                    return;
                }
                long before = played;
                play();
                if (control.stepping() && played > before && !done) {
                    control.stepped(pendingMicros, now);
                    return;
                }
            }
            now = time.nanos();
            if (done) {
                return;
            }
        }
    }

    private boolean checkStart() {
        long now = time.nanos();
        if (subscriptions.size() == 0) {
            if (!hintLogged && now - startedAt > HINT_AFTER_NANOS) {
                hintLogged = true;
                LOG.info("replay_waiting: nothing is played until a stream is subscribed, with a line such as "
                        + "{\"command\":\"subscribe\",\"channel\":\"trades\","
                        + "\"symbol\":\"BTCUSDT\"} on standard input");
            }
            return false;
        }
        boolean allSubscribed = configured && pendingStreams.isEmpty();
        playing = allSubscribed || now - lastCommandAt > QUIET_NANOS;
        if (playing) {
            LOG.info(
                    "replay_started files={} speed={} subscriptions={}",
                    settings.files().size(),
                    control.speed(),
                    subscriptions.size());
            control.started();
        }
        return playing;
    }

    /**
     * Reads the next line into {@link #pending}, which stays null for an invalid line. False at the end of the
     * recording.
     */
    private boolean read() {
        if (!recording.next()) {
            return false;
        }
        try {
            pending = reader.read(recording.buffer(), recording.offset(), recording.length());
            pendingMicros = recordedTime.of(pending);
        } catch (InvalidEventException e) {
            unusable++;
            reportError(
                    recording.complete()
                            ? recording.location() + " is not valid: " + e.getMessage()
                            : recording.location() + " is truncated: the file ends within the line");
        }
        return true;
    }

    private void play() {
        Event event = pending;
        pending = null;
        if (pendingMicros >= 0) {
            if (pendingMicros >= settings.to()) {
                finish();
                return;
            }
            if (!started && pendingMicros >= settings.from()) {
                startPeriod();
            }
            position = Math.max(position, pendingMicros);
            if (recordedSymbols.size() < MAX_SYMBOLS) {
                recordedSymbols.add(event.symbol());
            }
        }
        playback.visit(event);
    }

    /** What happens to each kind of recorded event. */
    private final class Playback implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            ReplayFeed.this.trade(trade);
            return null;
        }

        @Override
        public Void depth(Depth depth) {
            ReplayFeed.this.depth(depth);
            return null;
        }

        @Override
        public Void market(MarketEvent event) {
            if (started && reached(event.symbol(), event.timestampMicros())) {
                playTo(event, subscriptions.stream(event.channel(), event.symbol()));
            }
            return null;
        }

        @Override
        public Void account(AccountEvent event) {
            if (started) {
                writeLine(event);
            }
            return null;
        }

        @Override
        public Void status(Status status) {
            ReplayFeed.this.status(status);
            return null;
        }

        @Override
        public Void failure(Failure failure) {
            ReplayFeed.this.failure(failure);
            return null;
        }

        @Override
        public Void history(HistoryEvent event) {
            return null; // it answered a command of the recorded run
        }

        @Override
        public Void unknown(Unknown event) {
            if (started && isSubscribed(event.symbol())) {
                writeLine(event);
            }
            return null;
        }
    }

    /** Starts at {@code REPLAY_FROM}: writes the state that is still valid from before. */
    private void startPeriod() {
        started = true;
        pace.due(pendingMicros, time.nanos());
        writeRetained(disconnected);
        instruments.values().forEach(instrument -> {
            if (isSubscribed(instrument.status().symbol())) {
                writeRetained(instrument);
            }
        });
        books.keySet().stream().map(BookKey::symbol).distinct().toList().forEach(this::writeSnapshots);
    }

    private void trade(Trade trade) {
        if (!started) {
            return;
        }
        ResumePoint resumePoint = resumePoints.get(trade.symbol());
        if (resumePoint != null) {
            reached(trade.symbol(), trade.timestampMicros());
            if (!resumePoint.includes(trade)) {
                return;
            }
        }
        playTo(trade, subscriptions.stream(ReplaySubscriptions.TRADES, trade.symbol()));
    }

    private void depth(Depth depth) {
        RecordedBook book = book(depth);
        if (started && reached(depth.symbol(), depth.timestampMicros())) {
            ReplaySubscriptions.Stream stream = book == null ? null : subscriptions.book(book, depth.levels());
            if (stream != null && book.accepts(depth)) {
                playTo(depth, stream);
            } else if (stream != null) {
                withoutSnapshot++;
            }
        }
        if (book != null) {
            book.apply(depth);
        }
    }

    private RecordedBook book(Depth depth) {
        BookKey key = new BookKey(depth.instrument(), depth.levels());
        RecordedBook book = books.get(key);
        if (book == null) {
            if (books.size() == MAX_BOOKS) {
                return null;
            }
            book = new RecordedBook(depth.symbol(), depth.levels());
            books.put(key, book);
        }
        return book;
    }

    /**
     * Whether the recording is past the resume point of the symbol; writes its books when it is reached.
     */
    private boolean reached(String symbol, long timestampMicros) {
        ResumePoint resumePoint = resumePoints.get(symbol);
        if (resumePoint == null || resumePoint.reached()) {
            return true;
        }
        if (!resumePoint.reached(timestampMicros)) {
            return false;
        }
        writeSnapshots(symbol);
        return true;
    }

    private boolean isSubscribed(String symbol) {
        return symbol == null || subscriptions.has(symbol);
    }

    private void status(Status status) {
        boolean passedOn = status.accept(recorded);
        if (passedOn && started && isSubscribed(status.symbol())) {
            writeLine(status);
        }
    }

    /** Records lasting conditions; returns whether a status is replayed. */
    private final class RecordedStatus implements StatusVisitor<Boolean> {

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
        public Boolean historyDone(HistoryDone status) {
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
            if (status.feedLost()) {
                connected = false;
                disconnected = retain(status);
                books.values().forEach(RecordedBook::invalidate);
            }
            return true;
        }

        @Override
        public Boolean resyncing(Resyncing status) {
            invalidateBooks(status);
            return true;
        }

        @Override
        public Boolean instrumentInfo(InstrumentInfo status) {
            if (status.symbol() != null
                    && (instruments.size() < MAX_SYMBOLS || instruments.containsKey(status.symbol()))) {
                instruments.put(status.symbol(), retain(status));
            }
            return true;
        }

        @Override
        public Boolean connectionClosed(ConnectionClosed status) {
            return true;
        }

        @Override
        public Boolean connectionRecycled(ConnectionRecycled status) {
            return true;
        }

        @Override
        public Boolean throttled(Throttled status) {
            return true;
        }

        @Override
        public Boolean degraded(Degraded status) {
            return true;
        }

        @Override
        public Boolean synced(Synced status) {
            return true;
        }

        @Override
        public Boolean bookSuspect(BookSuspect status) {
            return true;
        }

        @Override
        public Boolean connectorLimit(ConnectorLimit status) {
            return true;
        }

        @Override
        public Boolean repaired(Repaired status) {
            return true;
        }

        @Override
        public Boolean gap(Gap status) {
            return true;
        }

        @Override
        public Boolean topicSilent(TopicSilent status) {
            return true;
        }

        @Override
        public Boolean topicHeard(TopicHeard status) {
            return true;
        }

        @Override
        public Boolean topicUnreadable(TopicUnreadable status) {
            return true;
        }

        @Override
        public Boolean delisting(Delisting status) {
            return true;
        }

        @Override
        public Boolean instrumentEnded(InstrumentEnded status) {
            return true;
        }

        @Override
        public Boolean authenticating(Authenticating status) {
            return true;
        }

        @Override
        public Boolean authenticated(Authenticated status) {
            return true;
        }

        @Override
        public Boolean privateDisconnected(PrivateDisconnected status) {
            return true;
        }

        @Override
        public Boolean replayProgress(ReplayProgress status) {
            return false;
        }

        @Override
        public Boolean recordingEnded(RecordingEnded status) {
            return true;
        }

        @Override
        public Boolean exhausted(Exhausted status) {
            return true;
        }

        @Override
        public Boolean maintenance(Maintenance status) {
            return true;
        }

        @Override
        public Boolean unknownStatus(UnknownStatus status) {
            return true;
        }
    }

    /**
     * A second {@code connected} means that another process was recorded: the books of the first are no longer known.
     */
    private void processEnded(String connection) {
        books.values().forEach(RecordedBook::invalidate);
        if (started) {
            outbox.status(new ConnectionDown(
                    Head.of(outbox.connector(), "the recorded process ended here and another one was started"),
                    new ConnectionInfo(null, connection, null, null),
                    null,
                    null));
        }
    }

    private void invalidateBooks(Resyncing resyncing) {
        int levels = resyncing.depth();
        books.forEach((key, book) -> {
            if (key.symbol().equals(resyncing.symbol())
                    && (levels == 0 || key.levels() == levels || key.levels() == 0)) {
                book.invalidate();
            }
        });
    }

    private RetainedStatus retain(Status status) {
        int from = recording.offset();
        return new RetainedStatus(status, Arrays.copyOfRange(recording.buffer(), from, from + recording.length()));
    }

    /** A recorded error answers no command of this process and does not end it. */
    private void failure(Failure failure) {
        if (started && isSubscribed(failure.symbol())) {
            outbox.failure(
                    new Failure(failure.error(), failure.code(), failure.symbol(), failure.channel(), null, false));
        }
    }

    private void writeRetained(RetainedStatus retain) {
        if (retain != null) {
            outbox.recorded(retain.status(), retain.line(), 0, retain.line().length);
        }
    }

    private void writeSnapshots(String symbol) {
        books.forEach((key, book) -> {
            if (key.symbol().equals(symbol)) {
                ReplaySubscriptions.Stream stream = subscriptions.book(book, key.levels());
                Depth snapshot = stream == null ? null : book.snapshot();
                if (snapshot != null) {
                    stream.countEvent();
                    played++;
                    outbox.depth(snapshot);
                }
            }
        });
    }

    private void playTo(Event event, ReplaySubscriptions.Stream stream) {
        if (stream == null) {
            return;
        }
        stream.countEvent();
        played++;
        if (firstPlayed < 0) {
            firstPlayed = pendingMicros;
        }
        writeLine(event);
    }

    private void writeLine(Event event) {
        outbox.recorded(event, recording.buffer(), recording.offset(), recording.length());
    }

    private void finish() {
        done = true;
        recording.close();
        control.ended();
        resumePoints.forEach((symbol, resumePoint) -> {
            if (!resumePoint.reached()) {
                writeSnapshots(symbol);
            }
        });
        String contents = "it contains " + (recordedSymbols.isEmpty() ? "no valid events" : symbols());
        subscriptions.withoutEvents().stream()
                .limit(MAX_REPORTED_ERRORS)
                .forEach(stream -> reportMissing(stream, contents));
        if (played == 0 && resumePoints.isEmpty()) {
            String text = "The recording contains nothing to play: of " + recording.lines() + " lines " + unusable
                    + " are invalid, and none belongs to a subscribed stream"
                    + (settings.from() >= 0 || settings.to() < Long.MAX_VALUE ? " in the requested period" : "")
                    + "; "
                    + contents;
            LOG.error("replay_empty reason=\"{}\"", text);
            outbox.failure(new Failure(text, "not-recorded", null, null, null, true));
            end.accept(ExitCode.CONFIGURATION);
            return;
        }
        boolean timed = firstPlayed >= 0;
        LOG.info("replay_ended events={} lines={}", played, recording.lines());
        outbox.status(new RecordingEnded(
                Head.of(outbox.connector(), null),
                played,
                recording.lines(),
                unusable + recording.tooLong(),
                timed ? Times.instant(firstPlayed) : null,
                timed ? Times.instant(position) : null));
        end.accept(ExitCode.OK);
    }

    private void reportMissing(ReplaySubscriptions.Stream stream, String contents) {
        String text = stream.channel() + " of " + stream.symbol() + ": the recording contains none"
                + (withoutSnapshot > 0 && Depth.carriedBy(stream.channel()) ? " with a snapshot before it" : "")
                + "; " + contents;
        LOG.warn("replay_stream_missing reason=\"{}\"", text);
        outbox.failure(new Failure(text, "not-recorded", stream.symbol(), stream.channel(), null, false));
    }

    private String symbols() {
        String some = String.join(
                ", ", recordedSymbols.stream().limit(MAX_SHOWN_SYMBOLS).toList());
        int more = recordedSymbols.size() - MAX_SHOWN_SYMBOLS;
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
        figures.put("subscriptions", subscriptions.size());
        figures.put("replay", control.state());
        if (recording.file() != null) {
            figures.put("replay_file", recording.file());
        }
        if (position >= 0) {
            figures.put("replay_position", Times.instant(position).toString());
        }
        Double share = control.share();
        if (share != null) {
            figures.put("replay_share", share);
        }
        figures.put("replay_lines", recording.lines());
        figures.put("replay_unusable_lines", unusable + recording.tooLong());
        figures.put("replay_changes_without_snapshot", withoutSnapshot);
        return figures;
    }

    private void reportError(String text) {
        errors++;
        if (errors <= MAX_REPORTED_ERRORS) {
            String reported = errors < MAX_REPORTED_ERRORS ? text : text + "; further errors are only counted";
            LOG.warn("recording_unreadable reason=\"{}\"", reported);
            outbox.failure(new Failure(reported, "recording", null, null, null, false));
        }
    }

    private Head head(Command command) {
        return new Head(outbox.connector(), command.symbol(), command.channel(), command.id(), null);
    }

    private void refuse(Command command, String text) {
        outbox.failure(new Failure(text, "refused", command.symbol(), command.channel(), command.id(), false));
    }
}

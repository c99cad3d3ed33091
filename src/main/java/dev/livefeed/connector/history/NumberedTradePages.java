package dev.livefeed.connector.history;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.trade.TradeRows;
import dev.livefeed.connector.feed.trade.TradeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trades of a range whose ids have no hole: the first page by time, the others by the id that follows. Full pages are
 * kept on the disk, so that a later command for the same day, such as that of a restarted application, asks only for
 * the first page and for what is new. If the first page is another one, the pages are those of another site of the
 * venue, or from before it was reset, and are not used.
 */
public final class NumberedTradePages implements HistoryPages {

    private static final Logger LOG = LoggerFactory.getLogger(NumberedTradePages.class);

    /** A trade may be added to the venue's list this much later. */
    private static final long SETTLED = 1_000;

    /** Longest wait for the first measurement of the venue's clock, which says what is settled. */
    private static final long CLOCK_WAIT = 10_000_000_000L;

    private final VenueContext context;
    private final TradeSource source;
    private final InstrumentId instrument;
    private final Command.Range range;
    private final Path folder;
    private final boolean synthetic;
    private PageFile file;
    private boolean fileRead;
    private boolean waiting;
    private long waitsSince;

    /** The first page on the disk, until it was compared with the venue's; null if there is none. */
    private NavigableMap<Long, Trade> firstStored;

    private boolean compared;
    private long nextId = -1;
    private long lastMillis;
    private boolean ended;
    private long to;
    private String missing;
    private List<UnreadRow> unread = List.of();

    /** @param folder where pages are kept, or null */
    public NumberedTradePages(
            VenueContext context,
            TradeSource source,
            InstrumentId instrument,
            Command.Range range,
            Path folder,
            boolean synthetic) {
        this.context = context;
        this.source = source;
        this.instrument = instrument;
        this.range = range;
        this.folder = folder;
        this.synthetic = synthetic;
        this.to = range.to();
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(38);
    }

    @Override
    public boolean ready() {
        if (context.clock().measured() || !context.clock().measurable()) {
            return true;
        }
        if (!waiting) {
            waiting = true;
            waitsSince = context.now();
        }
        return context.now() - waitsSince > CLOCK_WAIT;
    }

    @Override
    public List<Trade> stored() {
        try {
            return read();
        } catch (IOException e) {
            discard(e.toString());
            return List.of();
        }
    }

    private List<Trade> read() throws IOException {
        if (fileRead) {
            return List.of();
        }
        if (file == null) {
            file = open();
        }
        if (firstStored != null && !compared) {
            return List.of();
        }
        byte[] page = file == null || ended ? null : file.next();
        if (page == null) {
            fileRead = true;
            return List.of();
        }
        TradeRows rows = source.read(page, instrument, context.time().micros(), synthetic);
        if (firstStored == null) {
            firstStored = rows.trades();
            return List.of();
        }
        return take(rows);
    }

    /** Compares the first page of the venue with the one on the disk. */
    private void compare(TradeRows rows) throws IOException {
        compared = true;
        boolean same = firstStored.keySet().equals(rows.trades().keySet())
                && firstStored.keySet().stream()
                        .allMatch(id -> same(firstStored.get(id), rows.trades().get(id)));
        if (!same) {
            LOG.info("history_pages_discarded symbol={}: the venue's first trades are other ones", instrument.market());
            fileRead = true;
            file.clear();
        }
    }

    /** The pages on the disk cannot be used: what they would have had is requested, and none is kept. */
    private void discard(String reason) {
        LOG.warn("history_pages_discarded symbol={} reason=\"{}\"", instrument.market(), reason);
        compared = true;
        try {
            file.clear();
        } catch (IOException e) {
            LOG.warn("history_pages_not_deleted symbol={} reason=\"{}\"", instrument.market(), e.toString());
        }
        close();
    }

    private static boolean same(Trade one, Trade other) {
        return one.timestampMicros() == other.timestampMicros()
                && one.side() == other.side()
                && one.price().compareTo(other.price()) == 0
                && one.qty().compareTo(other.qty()) == 0;
    }

    /** The pages of a day that begin where the range does, or null if they cannot be kept. */
    private PageFile open() {
        if (folder == null) {
            return null;
        }
        String day = Instant.ofEpochMilli(range.from()).toString().substring(0, 10);
        String name = instrument.venue() + '-' + instrument.category() + '-' + instrument.symbol() + '-' + day + '-'
                + range.from() + ".trades";
        try {
            return PageFile.open(folder, name);
        } catch (IOException e) {
            LOG.warn("history_pages_not_kept symbol={} reason=\"{}\"", instrument.market(), e.toString());
            return null;
        }
    }

    @Override
    public String next() {
        if (ended) {
            return null;
        }
        return nextId < 0
                ? source.fromTime(instrument.symbol(), range.from())
                : source.fromId(instrument.symbol(), nextId);
    }

    @Override
    public int weight() {
        return source.weight();
    }

    @Override
    public List<Trade> read(byte[] body, long receivedAt) throws IOException {
        unread = List.of();
        TradeRows rows = source.read(body, instrument, receivedAt, synthetic);
        if (firstStored != null && !compared) {
            try {
                compare(rows);
            } catch (IOException e) {
                discard(e.toString());
            }
        }
        List<Trade> trades = take(rows);
        // Unless it is one of those on the disk.
        if (rows.full() && file != null && fileRead) {
            keep(body, rows);
        }
        return trades;
    }

    /** Pages on the disk follow each other: behind one that is not kept, none is. */
    private void keep(byte[] body, TradeRows rows) {
        if (rows.unread() > 0) {
            close();
            return;
        }
        try {
            file.append(body);
        } catch (IOException e) {
            LOG.warn("history_pages_not_kept symbol={} reason=\"{}\"", instrument.market(), e.toString());
            close();
        }
    }

    private List<Trade> take(TradeRows rows) {
        unread = rows.unread() == 0 ? List.of() : List.of(new UnreadRow(rows.reason(), rows.sample()));
        if (rows.unread() > 0) {
            missing = rows.unread() + " rows could not be read";
        }
        long settled = context.exchangeMicros() / 1_000L - SETTLED;
        List<Trade> trades = new ArrayList<>(rows.trades().size());
        for (var one : rows.trades().entrySet()) {
            long millis = one.getValue().timestampMicros() / 1_000L;
            if (nextId >= 0 && one.getKey() > nextId) {
                missing = "the venue's list does not have the trades " + nextId + " to " + (one.getKey() - 1);
            }
            if (nextId >= 0 && one.getKey() < nextId) {
                continue;
            }
            if (millis >= range.to() || millis >= settled) {
                to = Math.min(to, Math.max(range.from(), millis));
                ended = true;
                return trades;
            }
            nextId = one.getKey() + 1;
            lastMillis = millis;
            if (millis >= range.from()) {
                trades.add(one.getValue());
            }
        }
        if (!rows.full()) {
            ended = true;
            to = Math.min(to, Math.max(Math.max(range.from(), lastMillis + 1), settled));
        }
        return trades;
    }

    @Override
    public void close() {
        fileRead = true;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("history_file_not_closed symbol={} reason=\"{}\"", instrument.market(), e.toString());
            }
            file = null;
        }
    }

    @Override
    public List<UnreadRow> unread() {
        return unread;
    }

    @Override
    public long toMillis() {
        return to;
    }

    @Override
    public String missing() {
        return missing;
    }
}

package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listed instruments of one category, or of one group of a category. */
final class InstrumentList {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentList.class);
    private static final int MOST_PAGES = 50;
    private static final long AFTER_FAILURE = 60_000_000_000L;
    private static final long AFTER_UNREAD = 600_000_000_000L;

    private final VenueContext context;
    private final VenueCategory category;
    private final String group;
    private final ListingSource source;
    private final Consumer<InstrumentList> changed;

    private Map<String, ListedInstrument> rows = Map.of();
    private boolean complete;
    private long completeAt;
    private boolean asking;
    private long askedAt;
    private long nextAt;

    // The instrument list in progress.
    private Map<String, ListedInstrument> reading;
    private int openRequests;
    private int pages;
    private boolean failed;
    private int unread;
    private boolean lastSucceeded;
    private boolean lastRead;

    /**
     * @param group group of its instruments, or null: see {@link VenueCategory#listedWith}
     * @param changed called when a listing was read or has failed
     */
    InstrumentList(
            VenueContext context,
            VenueCategory category,
            String group,
            ListingSource source,
            Consumer<InstrumentList> changed) {
        this.context = context;
        this.category = category;
        this.group = group;
        this.source = source;
        this.changed = changed;
        this.nextAt = context.now();
    }

    VenueCategory category() {
        return category;
    }

    /** Group of its instruments, or null. */
    String group() {
        return group;
    }

    /** Whether the last instrument list was read completely. */
    boolean lastSucceeded() {
        return lastSucceeded;
    }

    /** Whether the last instrument list was read, except for rows that could not be. */
    boolean lastRead() {
        return lastRead;
    }

    /** The instrument, or null if it is not listed or no instrument list is known. */
    ListedInstrument of(String symbol) {
        return rows.get(symbol);
    }

    Iterable<String> symbols() {
        return rows.keySet();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether a complete instrument list was read within the given time. */
    boolean completeSince(long nanos) {
        return complete && context.now() - completeAt <= nanos;
    }

    /** Whether an instrument list is in progress that was requested within the given time. */
    boolean askedSince(long nanos) {
        return asking && context.now() - askedAt < nanos;
    }

    /** Requests an instrument list if one is due. */
    void tick() {
        if (!asking && context.now() - nextAt >= 0) {
            request();
        }
    }

    /**
     * Requests an instrument list early, unless one was requested recently; requests that fail at once would be
     * repeated endlessly.
     */
    void renew() {
        renew(AFTER_FAILURE);
    }

    /**
     * Requests an instrument list early.
     *
     * @param shortest time since the last request, in nanoseconds
     * @return whether it is requested
     */
    boolean renew(long shortest) {
        if (asking || context.now() - askedAt <= shortest) {
            return false;
        }
        request();
        return true;
    }

    private void request() {
        asking = true;
        askedAt = context.now();
        reading = new HashMap<>();
        pages = 0;
        failed = false;
        unread = 0;
        List<String> requests = source.requests(category, group);
        openRequests = requests.size();
        requests.forEach(this::page);
    }

    private void page(String path) {
        context.rest().get(path, source.weight(category), new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {
                InstrumentList.this.answered(path, body);
            }

            @Override
            public void failed(String reason) {
                done(reason);
            }
        });
    }

    private void answered(String path, byte[] body) {
        ListingSource.ListingPage page;
        try {
            page = source.read(category, body);
        } catch (IOException e) {
            done(e.getMessage());
            return;
        }
        page.rows().forEach(row -> reading.put(row.symbol(), row));
        noteUnread(page.unread());
        String next = page.rows().isEmpty() ? null : source.next(path, page);
        if (next == null) {
            done(null);
        } else if (++pages > MOST_PAGES) {
            done("the instrument list has more than " + MOST_PAGES + " pages");
        } else {
            page(next);
        }
    }

    private void noteUnread(List<String> causes) {
        if (causes.isEmpty()) {
            return;
        }
        context.figures().unreadable(UnreadableReason.FORM, causes.size());
        if (unread == 0) {
            LOG.warn(
                    "instrument_rows_unreadable list=\"{}\" count={} first=\"{}\": the others are used",
                    this,
                    causes.size(),
                    causes.get(0));
        }
        unread += causes.size();
    }

    /** The rows that could not be read may be those of instruments that are missing, which are kept. */
    private void keepMissing() {
        Map<String, ListedInstrument> kept = new HashMap<>(rows);
        kept.putAll(reading);
        rows = kept;
    }

    private void done(String failure) {
        if (failure != null && !failed) {
            failed = true;
            LOG.warn("instrument_list_failed list=\"{}\" reason=\"{}\"", this, failure);
        }
        if (--openRequests > 0) {
            return;
        }
        asking = false;
        lastSucceeded = !failed && unread == 0;
        lastRead = !failed;
        long now = context.now();
        if (failed) {
            nextAt = now + AFTER_FAILURE;
        } else if (unread > 0) {
            keepMissing();
            nextAt = now + AFTER_UNREAD;
        } else {
            complete = true;
            completeAt = now;
            rows = reading;
            long interval = context.limits().instruments().interval().toNanos();
            nextAt = now + interval + (long) (interval * 0.1 * context.random().nextDouble());
        }
        reading = null;
        changed.accept(this);
    }

    @Override
    public String toString() {
        return category + (group == null ? "" : " " + group);
    }
}

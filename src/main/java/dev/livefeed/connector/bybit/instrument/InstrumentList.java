package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.context.RestClient;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listed instruments of one category; for options those of one base coin. */
final class InstrumentList {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentList.class);
    private static final int MOST_PAGES = 50;
    private static final long AFTER_FAILURE = 60_000_000_000L;
    private static final long AFTER_UNREAD = 600_000_000_000L;

    /** A possessive pattern, because backtracking on a long text could overflow the stack. */
    private static final Pattern FOR_AN_ADDRESS = Pattern.compile("(?:[A-Za-z0-9._~-]++|%[0-9A-Fa-f]{2})++");

    private final FeedContext context;
    private final Category category;
    private final String baseCoin;
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
     * @param baseCoin for options, otherwise null
     * @param changed called when an instrument list was read or has failed
     */
    InstrumentList(FeedContext context, Category category, String baseCoin, Consumer<InstrumentList> changed) {
        this.context = context;
        this.category = category;
        this.baseCoin = baseCoin;
        this.changed = changed;
        this.nextAt = context.now();
    }

    Category category() {
        return category;
    }

    /** For options, otherwise null. */
    String baseCoin() {
        return baseCoin;
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
        // Without a status filter, futures are only listed while they trade and options until delivery; spot has no
        // status.
        List<String> statuses = category == Category.LINEAR || category == Category.INVERSE
                ? List.of("&status=Trading", "&status=PreLaunch", "&status=Delivering")
                : List.of("");
        openRequests = statuses.size();
        statuses.forEach(status -> page(status, ""));
    }

    private void page(String status, String cursor) {
        String path = "/v5/market/instruments-info?category=" + category.text()
                + (baseCoin == null ? "" : "&baseCoin=" + Symbols.inAddress(baseCoin)) + status
                + (category == Category.SPOT ? "" : "&limit=1000") + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        context.rest().get(path, new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {
                InstrumentList.this.answered(status, body);
            }

            @Override
            public void failed(String reason) {
                done(reason);
            }
        });
    }

    private void answered(String status, byte[] body) {
        InstrumentPage page;
        try {
            page = InstrumentPage.read(body);
        } catch (IOException e) {
            done(e.getMessage());
            return;
        }
        page.rows().forEach(row -> reading.put(row.symbol(), row));
        noteUnread(page.unread());
        if (page.cursor().isEmpty() || page.rows().isEmpty()) {
            done(null);
        } else if (++pages > MOST_PAGES) {
            done("the instrument list has more than " + MOST_PAGES + " pages");
        } else {
            // The venue sends it URL-encoded.
            String cursor = FOR_AN_ADDRESS.matcher(page.cursor()).matches()
                    ? page.cursor()
                    : URLEncoder.encode(page.cursor(), StandardCharsets.UTF_8);
            page(status, cursor);
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
            long interval = context.settings().limits().instruments().interval().toNanos();
            nextAt = now + interval + (long) (interval * 0.1 * context.random().nextDouble());
        }
        reading = null;
        changed.accept(this);
    }

    @Override
    public String toString() {
        return category + (baseCoin == null ? "" : " " + baseCoin);
    }
}

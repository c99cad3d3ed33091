package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.context.RestClient;
import dev.livefeed.connector.bybit.topic.Category;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instruments of one category, of option those of one base coin, as the venue last listed them. */
final class InstrumentList {

    private static final Logger LOG = LoggerFactory.getLogger(InstrumentList.class);
    private static final int MOST_PAGES = 50;
    private static final long AFTER_FAILURE = 60_000_000_000L;

    /** Possessive, so that a long text takes no stack. */
    private static final Pattern FOR_AN_ADDRESS = Pattern.compile("(?:[A-Za-z0-9._~-]++|%[0-9A-Fa-f]{2})++");

    private final FeedContext context;
    private final Category category;
    private final String baseCoin;
    private final Runnable changed;

    private Map<String, ListedInstrument> rows = Map.of();
    private boolean complete;
    private long completeAt;
    private boolean asking;
    private long askedAt;
    private long nextAt;

    // The listing that is being read.
    private Map<String, ListedInstrument> reading;
    private int questions;
    private int pages;
    private boolean failed;

    /**
     * @param baseCoin of option, otherwise null
     * @param changed called when a listing has been read, or could not be
     */
    InstrumentList(FeedContext context, Category category, String baseCoin, Runnable changed) {
        this.context = context;
        this.category = category;
        this.baseCoin = baseCoin;
        this.changed = changed;
        this.nextAt = context.now();
    }

    Category category() {
        return category;
    }

    /** The instrument, or null where none of that name is listed, or nothing is known. */
    ListedInstrument of(String symbol) {
        return rows.get(symbol);
    }

    Iterable<String> symbols() {
        return rows.keySet();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether a whole listing was read, not longer ago than that. */
    boolean completeSince(long nanos) {
        return complete && context.now() - completeAt <= nanos;
    }

    /** Whether a listing is being read and was asked for not longer ago than that. */
    boolean askedSince(long nanos) {
        return asking && context.now() - askedAt < nanos;
    }

    /** Asks when the time has come. */
    void tick() {
        if (!asking && context.now() - nextAt >= 0) {
            ask();
        }
    }

    /**
     * Asks before its time, unless it did a short while ago: where the answers fail at once, that would have no end.
     */
    void renew() {
        if (!asking && context.now() - askedAt > AFTER_FAILURE) {
            ask();
        }
    }

    private void ask() {
        asking = true;
        askedAt = context.now();
        reading = new HashMap<>();
        pages = 0;
        failed = false;
        // Without a status futures are told of while they trade only, options until they are delivered; spot knows no
        // status.
        List<String> statuses = category == Category.LINEAR || category == Category.INVERSE
                ? List.of("&status=Trading", "&status=PreLaunch", "&status=Delivering")
                : List.of("");
        questions = statuses.size();
        statuses.forEach(status -> page(status, ""));
    }

    private void page(String status, String cursor) {
        String path = "/v5/market/instruments-info?category=" + category.text()
                + (baseCoin == null ? "" : "&baseCoin=" + baseCoin) + status
                + (category == Category.SPOT ? "" : "&limit=1000") + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        context.rest().ask(path, new RestClient.Asker() {
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
        if (page.cursor().isEmpty() || page.rows().isEmpty()) {
            done(null);
        } else if (++pages > MOST_PAGES) {
            done("the listing has more than " + MOST_PAGES + " pages");
        } else {
            // The venue writes it ready for an address.
            String cursor = FOR_AN_ADDRESS.matcher(page.cursor()).matches()
                    ? page.cursor()
                    : URLEncoder.encode(page.cursor(), StandardCharsets.UTF_8);
            page(status, cursor);
        }
    }

    private void done(String failure) {
        if (failure != null && !failed) {
            failed = true;
            LOG.warn("The instruments of {} are not known: {}", this, failure);
        }
        if (--questions > 0) {
            return;
        }
        asking = false;
        long now = context.now();
        if (failed) {
            nextAt = now + AFTER_FAILURE;
        } else {
            complete = true;
            completeAt = now;
            rows = reading;
            long interval = context.settings().limits().listing().interval().toNanos();
            nextAt = now + interval + (long) (interval * 0.1 * context.random().nextDouble());
        }
        reading = null;
        changed.run();
    }

    @Override
    public String toString() {
        return category + (baseCoin == null ? "" : " " + baseCoin);
    }
}

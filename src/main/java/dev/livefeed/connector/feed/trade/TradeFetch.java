package dev.livefeed.connector.feed.trade;

import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Set;

/**
 * Fetches the missing trades of one instrument page by page, until they reach the first trade that came live. A page
 * that the venue does not have yet is asked for again, until nothing new has come for the configured time.
 */
final class TradeFetch {

    private static final long ASK_AGAIN = 300_000_000L;

    private final VenueContext context;
    private final TradeSource source;
    private final Listener listener;
    private final PageRequest page;
    private RestClient.Pending reconciling;
    private InstrumentId instrument;
    private boolean synthetic;
    private boolean active;
    private boolean byId;

    /** Id of the first trade to fetch; -1 if only its time is known. */
    private long firstId;

    /** Whether the page of the last trades is asked for, because the venue refuses those by id. */
    private boolean recent;

    private long fromMicros;
    private boolean askLater;
    private long askAt;
    private long deadline;
    private String failure;

    /** Receives what was fetched. */
    interface Listener {

        /** Trades of the venue's list, which is complete between the id that was asked for and the last row. */
        void rows(long asked, NavigableMap<Long, Trade> rows);

        /** Id of the next missing trade. */
        long next();

        /** Whether no trade is missing before one that is held. */
        boolean joined();

        /** Everything was fetched. */
        void done();

        /** The rest cannot be fetched. */
        void failed(String reason);

        /** What is missing before that trade cannot be fetched, the rest can. */
        void incomplete(Trade first, String reason);

        /** The last trade that the venue has. */
        void last(Trade trade);
    }

    TradeFetch(VenueContext context, TradeSource source, Listener listener) {
        this.context = context;
        this.page = new PageRequest(context);
        this.source = source;
        this.listener = listener;
    }

    /** Fetches the trades from an id on. */
    void begin(InstrumentId of, long id, boolean isSynthetic) {
        start(of, isSynthetic);
        byId = true;
        firstId = id;
        request(nextPath());
    }

    /**
     * Fetches the trades from a time on.
     *
     * @param known ids of trades at that time; single trades can only be found by these
     */
    void beginAt(InstrumentId of, long micros, Set<Long> known, boolean isSynthetic) {
        start(of, isSynthetic);
        // Times of trades are in milliseconds.
        fromMicros = micros / 1_000L * 1_000L;
        String byTime = source.fromTime(of.symbol(), micros / 1_000L);
        byId = false;
        if (byTime != null) {
            request(byTime);
        } else if (!known.isEmpty()) {
            byId = true;
            firstId = known.stream().mapToLong(Long::longValue).min().orElseThrow();
            request(nextPath());
        } else {
            recent = true;
            request(source.recent(of.symbol()));
        }
    }

    private void start(InstrumentId of, boolean isSynthetic) {
        cancel();
        instrument = of;
        synthetic = isSynthetic;
        active = true;
        recent = false;
        failure = null;
        fromMicros = -1;
        firstId = -1;
        progress();
    }

    private void progress() {
        deadline = context.now() + context.limits().repair().limit().toNanos();
    }

    /** There is no REST interface. */
    void unavailable() {
        listener.failed("no REST host is set");
    }

    void cancel() {
        active = false;
        askLater = false;
        page.cancel();
        if (reconciling != null) {
            reconciling.cancel();
            reconciling = null;
        }
    }

    void giveUp(String reason) {
        if (active) {
            cancel();
            listener.failed(failure == null ? reason : reason + "; " + failure);
        }
    }

    void tick() {
        if (!active) {
            return;
        }
        if (context.now() - deadline > 0) {
            giveUp("no complete response in time");
        } else if (askLater && context.now() - askAt >= 0) {
            askLater = false;
            request(nextPath());
        } else {
            page.tick();
        }
    }

    private String nextPath() {
        if (recent) {
            return source.recent(instrument.symbol());
        }
        return byId
                // Before the first trade, the next id is unknown.
                ? source.fromId(instrument.symbol(), Math.max(firstId, listener.next()))
                : source.fromTime(instrument.symbol(), fromMicros / 1_000L);
    }

    private void request(String path) {
        page.send(path, source.weight(), new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {
                take(body);
            }

            @Override
            public void failed(String reason) {
                failure = reason;
                again();
            }

            @Override
            public void failed(String reason, RestFailure why) {
                if (why.kind() == RestFailure.Kind.TRANSIENT) {
                    failed(reason);
                    return;
                }
                failure = why.reason();
                if (byId && !recent) {
                    // Single trades by id may need a key; the last ones do not.
                    recent = true;
                    request(source.recent(instrument.symbol()));
                } else {
                    giveUp("the venue refuses the request");
                }
            }
        });
    }

    private void again() {
        askLater = true;
        askAt = context.now() + ASK_AGAIN;
    }

    private void take(byte[] body) {
        TradeRows rows;
        try {
            rows = source.read(body, instrument, context.time().micros(), synthetic);
        } catch (IOException e) {
            failure = "the response cannot be used: " + e.getMessage();
            again();
            return;
        }
        if (rows.unread() > 0) {
            context.figures().unreadable(rows.reason(), rows.unread());
            failure = rows.unread() + " rows of the response could not be read: " + rows.sample();
        }
        NavigableMap<Long, Trade> trades = rows.trades();
        boolean firstPage = !byId || recent;
        if (firstPage && !trades.isEmpty()) {
            long firstMicros = trades.firstEntry().getValue().timestampMicros();
            boolean reaches = fromMicros >= 0
                    ? !recent || !rows.full() || firstMicros <= fromMicros
                    : trades.firstKey() <= listener.next();
            if (!reaches) {
                listener.incomplete(trades.firstEntry().getValue(), "the missing trades go back further than REST");
            }
        }
        if (fromMicros >= 0) {
            trades.values().removeIf(trade -> trade.timestampMicros() < fromMicros);
        }
        long before = listener.next();
        listener.rows(before, trades);
        if (!active) {
            return;
        }
        boolean advanced = listener.next() != before;
        if (advanced) {
            progress();
            byId = true;
        }
        if (!rows.full() && listener.joined()) {
            cancel();
            listener.done();
        } else if (rows.full() && advanced && !recent) {
            request(nextPath());
        } else if (listener.joined() && recent) {
            cancel();
            listener.done();
        } else {
            // The venue's list is behind the stream.
            again();
        }
    }

    /** Asks for the last trade. */
    void last(InstrumentId of, boolean isSynthetic) {
        if (reconciling != null || active) {
            return;
        }
        reconciling = context.rest()
                .getInBackground(source.last(of.symbol()), source.weight(), new RestClient.Callback() {
                    @Override
                    public void answered(byte[] body) {
                        reconciling = null;
                        try {
                            TradeRows rows =
                                    source.read(body, of, context.time().micros(), isSynthetic);
                            if (!rows.trades().isEmpty()) {
                                listener.last(rows.trades().lastEntry().getValue());
                            }
                        } catch (IOException e) {
                            context.figures().restFailures++;
                        }
                    }

                    @Override
                    public void failed(String reason) {
                        reconciling = null;
                    }
                });
    }
}

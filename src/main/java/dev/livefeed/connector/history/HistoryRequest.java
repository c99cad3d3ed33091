package dev.livefeed.connector.history;

import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One history command in progress. It requests a page, writes its events as fast as the reader accepts them, and then
 * requests the next page. A temporary failure is retried with growing delays, at most {@value #ATTEMPTS} attempts.
 */
final class HistoryRequest implements RestClient.Callback {

    static final int ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryRequest.class);
    private static final long FIRST_BACKOFF = 500;
    private static final long LONGEST_BACKOFF = 10_000;
    private static final long LONGEST_WAIT = 15 * 60_000;

    private final Command command;
    private final String category;
    private final HistoryPages pages;
    private final VenueContext context;
    private final CircuitBreaker circuit;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private RestClient.Pending pending;
    private long startedAt;
    private boolean started;
    private long askAt;
    private long backoff = FIRST_BACKOFF;
    private int failures;
    private long count;
    private RestFailure failure;
    private boolean done;
    private boolean warned;

    HistoryRequest(Command command, String category, HistoryPages pages, VenueContext context, CircuitBreaker circuit) {
        this.command = command;
        this.category = category;
        this.pages = pages;
        this.context = context;
        this.circuit = circuit;
    }

    /** Whether another command requests the same channel and symbol, so that it would have to wait. */
    boolean sameAs(Command other, String otherCategory) {
        return command.channel().equals(other.channel())
                && command.symbol().equals(other.symbol())
                && category.equals(otherCategory);
    }

    /** Advances the request; returns true once it has ended. */
    boolean tick() {
        if (!started) {
            started = true;
            startedAt = context.now();
            askAt = startedAt;
        }
        if (!pages.ready()) {
            return false;
        }
        write();
        readStored();
        if (!done && waiting.isEmpty() && pending == null) {
            String page = failure == null || failures < ATTEMPTS ? pages.next() : null;
            if (page == null) {
                finish(failure == null ? pages.missing() : failure.reason());
            } else if (context.now() - askAt >= 0 && circuit.waitMillis() == 0) {
                pending = context.rest().getInBackground(page, pages.weight(), this);
            }
        }
        if (!done && context.now() - startedAt > pages.limit().toNanos()) {
            cancel("not completed within " + pages.limit().toMinutes() + " minutes"
                    + (failure == null ? "" : "; last failure: " + failure.reason()));
        }
        return done;
    }

    private void readStored() {
        if (waiting.isEmpty() && pending == null && failure == null) {
            try {
                waiting.addAll(pages.stored());
            } catch (IOException e) {
                failed(e.getMessage(), RestFailure.unusable(e.getMessage()));
            }
        }
    }

    private void write() {
        int room = waiting.isEmpty() ? 0 : context.outbox().roomForHistory();
        while (room > 0 && !waiting.isEmpty()) {
            room -= context.outbox().history(new HistoryEvent(waiting.poll()));
            count++;
        }
    }

    @Override
    public void answered(byte[] body) {
        pending = null;
        try {
            waiting.addAll(pages.read(body, context.time().micros()));
            noteUnread();
            circuit.success();
            failure = null;
            failures = 0;
            backoff = FIRST_BACKOFF;
        } catch (IOException e) {
            noteUnread();
            failed(e.getMessage(), RestFailure.unusable(e.getMessage()));
        }
    }

    private void noteUnread() {
        List<HistoryPages.UnreadRow> rows = pages.unread();
        rows.forEach(row -> context.figures().unreadable(row.reason(), 1));
        if (!rows.isEmpty() && !warned) {
            warned = true;
            LOG.warn(
                    "history_rows_unreadable channel={} symbol={} count={} first=\"{}\": they are left out",
                    command.channel(),
                    InstrumentId.market(category, command.symbol()),
                    rows.size(),
                    rows.get(0).cause());
        }
    }

    @Override
    public void failed(String reason) {
        failed(reason, RestFailure.unusable(reason));
    }

    @Override
    public void failed(String reason, RestFailure why) {
        pending = null;
        failure = why;
        failures = why.kind() == RestFailure.Kind.TRANSIENT ? failures + 1 : ATTEMPTS;
        if (why.kind() == RestFailure.Kind.REFUSED) {
            circuit.success();
        } else {
            circuit.failure();
        }
        if (failures < ATTEMPTS) {
            long wait =
                    Math.min(LONGEST_WAIT, Math.max(backoff, why.retryAfter().toMillis()));
            LOG.info("rest_retry attempt={} retry_delay_ms={} reason=\"{}\"", failures, wait, why.reason());
            askAt = context.now() + wait * 1_000_000;
            backoff = Math.min(LONGEST_BACKOFF, backoff * 2);
        }
    }

    /** Why the venue rejects all requests, or null. */
    String blocked() {
        return failure != null && failure.kind() == RestFailure.Kind.BLOCKED ? failure.reason() : null;
    }

    /** Cancels the request: events that are not written yet are dropped. */
    void cancel(String reason) {
        if (!done) {
            waiting.clear();
            finish(reason);
        }
    }

    private void finish(String missing) {
        done = true;
        pages.close();
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        context.outbox()
                .status(new HistoryDone(
                        new Head(context.connector(), command.symbol(), command.channel(), command.id(), missing),
                        category,
                        Instant.ofEpochMilli(command.range().from()),
                        Instant.ofEpochMilli(Math.max(command.range().from(), pages.toMillis())),
                        count,
                        missing == null));
    }
}

package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Fetches the last trades of one option contract, as many as the venue publishes. Failures are retried. */
final class ContractTrades implements RestClient.Callback {

    private static final long ASK_AGAIN = 300_000_000L;

    private final Topic topic;
    private final String symbol;
    private final long since;
    private final FeedContext context;
    private final boolean synthetic;
    private final Consumer<ContractTrades> listener;
    private List<Trade> rows = List.of();
    private List<RecentTrades.UnreadRow> unread = List.of();
    private boolean answered;
    private boolean reached;
    private String failure;
    private RestClient.Pending pending;
    private boolean askLater;
    private long askAt;

    /**
     * @param since exchange time in microseconds; older trades are known
     * @param listener receives the result
     */
    ContractTrades(
            Topic topic,
            String symbol,
            long since,
            FeedContext context,
            boolean synthetic,
            Consumer<ContractTrades> listener) {
        this.topic = topic;
        this.symbol = symbol;
        this.since = since;
        this.context = context;
        this.synthetic = synthetic;
        this.listener = listener;
    }

    String symbol() {
        return symbol;
    }

    /** Sends the request unless it has been answered. */
    void request() {
        if (!answered && pending == null) {
            askLater = false;
            pending = context.rest().get(RecentTrades.query(topic.name(), symbol), this);
        }
    }

    void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        askLater = false;
    }

    void tick() {
        if (askLater && context.now() - askAt >= 0) {
            request();
        }
    }

    @Override
    public void failed(String reason) {
        pending = null;
        failure = reason;
        askLater = true;
        askAt = context.now() + ASK_AGAIN;
    }

    @Override
    public void answered(byte[] body) {
        pending = null;
        RecentTrades.Rows all;
        try {
            all = RecentTrades.read(body, topic.name(), symbol, context.time().micros(), synthetic);
        } catch (IOException e) {
            failed("the response cannot be used: " + e.getMessage());
            return;
        }
        answered = true;
        reached = all.size() < topic.name().category().recentTrades() || all.oldestMicros() < since;
        failure = reached ? null : "the missing trades go back further than REST";
        unread = all.unread().stream().filter(row -> row.micros() >= since).toList();
        rows = all.trades().stream()
                .filter(trade -> trade.timestampMicros() >= since)
                .toList();
        listener.accept(this);
    }

    boolean answered() {
        return answered;
    }

    /** Whether the response goes back to known trades. */
    boolean reached() {
        return reached;
    }

    /** Why there is no complete response, or null. */
    String failure() {
        return failure;
    }

    /** The rows since then that could not be read. */
    List<RecentTrades.UnreadRow> unread() {
        return unread;
    }

    /** The trades since then, oldest first. */
    List<Trade> rows() {
        return rows;
    }
}

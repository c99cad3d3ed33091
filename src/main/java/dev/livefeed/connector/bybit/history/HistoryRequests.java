package dev.livefeed.connector.bybit.history;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Queue of history commands. They are processed one at a time, to limit the load on the venue and the live feed. */
public final class HistoryRequests {

    private static final int MOST = 100;
    private static final String REFUSED = "refused";

    /** Wait after the venue has rejected this address. */
    private static final long BLOCKED_NANOS = 600_000_000_000L;

    private final FeedContext context;
    private final BooleanSupplier synthetic;
    private final CircuitBreaker circuit;
    private final Deque<HistoryRequest> open = new ArrayDeque<>();
    private String blocked;
    private long blockedAt;

    /** @param synthetic whether the venue reports its data as synthetic */
    public HistoryRequests(FeedContext context, BooleanSupplier synthetic) {
        this.context = context;
        this.synthetic = synthetic;
        this.circuit = new CircuitBreaker(() -> context.now() / 1_000_000);
    }

    /** Queues a command, or refuses it. */
    public void add(Command command) {
        Category category =
                command.category() == null ? context.settings().category() : Category.of(command.category());
        if (category == null) {
            refuse(command, REFUSED, "category is \"" + command.category() + "\", must be one of " + Category.names());
            return;
        }
        if (open.size() >= MOST) {
            refuse(command, REFUSED, MOST + " history commands are already queued; wait for a history_done");
            return;
        }
        if (open.stream().anyMatch(other -> other.sameAs(command, category.text()))) {
            refuse(
                    command,
                    REFUSED,
                    "another history command for " + command.channel() + " of " + command.symbol()
                            + " is still in progress; wait for its history_done");
            return;
        }
        HistoryPages pages = pages(command, category);
        if (pages != null) {
            open.add(new HistoryRequest(command, category.text(), pages, context, circuit));
        }
    }

    /** Returns null if the command was refused. */
    private HistoryPages pages(Command command, Category category) {
        if (!context.rest().available()) {
            refuse(command, Failure.UNSUPPORTED, "no REST host is set, so there is no history");
            return null;
        }
        TopicName topic;
        try {
            topic = TopicName.of(
                    category,
                    command.channel(),
                    command.symbol(),
                    context.settings().depth(category));
        } catch (IllegalArgumentException e) {
            refuse(command, Failure.UNSUPPORTED, e.getMessage());
            return null;
        }
        if (topic.kind() == TopicName.Kind.TRADES) {
            return new TradePages(topic, command.symbol(), command.range(), synthetic.getAsBoolean());
        }
        if (topic.kind() != TopicName.Kind.KLINE || CandlePages.length(topic.interval()) == 0) {
            refuse(
                    command,
                    Failure.UNSUPPORTED,
                    "channel " + command.channel() + " has no history; use trades, or kline.1m to kline.1d");
            return null;
        }
        try {
            return new CandlePages(topic, command.range(), synthetic.getAsBoolean());
        } catch (IllegalArgumentException e) {
            refuse(command, REFUSED, e.getMessage());
            return null;
        }
    }

    private void refuse(Command command, String code, String text) {
        context.outbox().failure(new Failure(text, code, command.symbol(), command.channel(), command.id(), false));
    }

    public void tick() {
        HistoryRequest first = open.peek();
        if (first == null) {
            return;
        }
        if (blocked != null && context.now() - blockedAt < BLOCKED_NANOS) {
            first.cancel(blocked);
            open.remove();
        } else if (first.tick()) {
            blocked = first.blocked();
            blockedAt = context.now();
            open.remove();
        }
    }

    /** Cancels all requests. */
    public void stop() {
        open.forEach(request -> request.cancel("the connector was stopped"));
        open.clear();
    }

    /** Adds figures for the heartbeat, which also show that a long request is in progress. */
    public void show(Map<String, Object> figures) {
        figures.put("history_open", open.size());
        figures.put("history_circuit", circuit.state());
    }
}

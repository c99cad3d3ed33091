package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Subscribes books for a moment, only to see whether a connection carries data: the venue sends a snapshot at once,
 * even if nothing is traded. The topics in use are not interrupted.
 *
 * <p>If nothing comes, the connection is replaced. The instruments may also have been halted, so the next probe that
 * fails without data in between is made after a wait that doubles from a minute to an hour.
 */
final class StallProbe {

    private static final int MOST_BOOKS = 3;
    private static final long FIRST_WAIT = 60_000_000_000L;
    private static final long LONGEST_WAIT = 60 * FIRST_WAIT;

    private final FeedContext context;
    private final Consumer<String> send;
    private final Predicate<String> inUse;
    private List<String> books = List.of();
    private boolean left;
    private long begunAt;
    private long leftAt;

    /** Ids of the requests that have not been answered, or null. */
    private String subscribeId;

    private String unsubscribeId;
    private long failedAt;
    private long wait;

    /**
     * @param send sends a request on the connection
     * @param inUse whether the connection has a topic of that name
     */
    StallProbe(FeedContext context, Consumer<String> send, Predicate<String> inUse) {
        this.context = context;
        this.send = send;
        this.inUse = inUse;
    }

    /** Begins if one is allowed and there is a book to subscribe. */
    void begin(List<Topic> candidates) {
        if (wait > 0 && candidates.stream().anyMatch(topic -> topic.framesSince(failedAt))) {
            wait = 0;
        }
        List<String> unused = candidates.stream()
                .flatMap(topic -> topic.symbols().stream()
                        .filter(symbol -> hasBook(topic.name().category(), symbol))
                        .map(symbol ->
                                "orderbook." + topic.name().category().depths().get(0) + '.' + symbol))
                .filter(inUse.negate())
                .distinct()
                .limit(MOST_BOOKS)
                .toList();
        if (running() || unused.isEmpty() || (wait > 0 && context.now() - failedAt < wait)) {
            return;
        }
        left = false;
        subscribe(unused);
    }

    private void subscribe(List<String> topics) {
        books = topics;
        begunAt = context.now();
        subscribeId = request("subscribe", books);
    }

    /** A base coin of options has no book. */
    private static boolean hasBook(Category category, String symbol) {
        return category != Category.OPTION || symbol.indexOf('-') > 0;
    }

    private boolean running() {
        return !books.isEmpty() && !left;
    }

    /** Data of a topic that is not in use was received; returns whether it is that of the probe. */
    boolean received(String topic) {
        boolean mayCome = running()
                || unsubscribeId != null
                        && context.now() - leftAt
                                <= context.settings().limits().ack().toNanos();
        leave();
        return mayCome && books.contains(topic);
    }

    /**
     * Handles a reply of the venue. On spot, refusals have no request id, but name a topic: that of a book is the reply
     * to the oldest request for it, which is the one of the probe.
     *
     * @return whether the reply must not be taken for that to another request
     */
    boolean answered(ParsedFrame frame) {
        boolean withoutId = frame.reqId == null || frame.reqId.isEmpty();
        List<String> named = books.stream().filter(book -> names(frame, book)).toList();
        if (withoutId && named.isEmpty()) {
            return false;
        }
        boolean refusal = !frame.success || named.stream().anyMatch(frame.failTopics::contains);
        if (subscribeId != null && (withoutId ? of(frame, "subscribe") : subscribeId.equals(frame.reqId))) {
            subscribeId = null;
            if (refusal) {
                refused(frame, named);
            }
        } else if (unsubscribeId != null
                && (withoutId ? of(frame, "unsubscribe") : unsubscribeId.equals(frame.reqId))) {
            unsubscribeId = null;
        } else {
            return false;
        }
        return withoutId && !frame.success;
    }

    private static boolean of(ParsedFrame frame, String op) {
        return frame.op == null || frame.op.equals(op);
    }

    private static boolean names(ParsedFrame frame, String book) {
        return frame.successTopics.contains(book)
                || frame.failTopics.contains(book)
                || !frame.success && frame.retMsg != null && RefusalText.names(frame.retMsg, book);
    }

    /** A refused request has no effect: what it did not name is subscribed again. A refusal is no sign of a stall. */
    private void refused(ParsedFrame frame, List<String> named) {
        if (frame.retMsg != null && RefusalText.alreadySubscribed(frame.retMsg)) {
            leave();
            return;
        }
        List<String> others = named.isEmpty()
                ? List.of()
                : books.stream()
                        .filter(book -> !named.contains(book) && !inUse.test(book))
                        .toList();
        if (!running()) {
            return;
        }
        if (others.isEmpty()) {
            left = true;
        } else if (frame.failTopics.isEmpty()) {
            subscribe(others);
        } else {
            books = others;
        }
    }

    /** Why the connection has stalled; null if nothing shows that. */
    String failure() {
        long limit = context.settings().limits().ack().toNanos()
                + context.settings().limits().snapshot().toNanos();
        if (!running() || context.now() - begunAt < limit) {
            return null;
        }
        failedAt = context.now();
        wait = wait == 0 ? FIRST_WAIT : Math.min(LONGEST_WAIT, 2 * wait);
        return "no snapshot of " + String.join(", ", books) + " came within " + limit / 1_000_000L
                + " ms of the request for it";
    }

    /** Data comes again: the books are not needed. */
    void leave() {
        if (running()) {
            left = true;
            leftAt = context.now();
            unsubscribeId =
                    request("unsubscribe", books.stream().filter(inUse.negate()).toList());
        }
    }

    /** The connection has ended. */
    void end() {
        books = List.of();
        subscribeId = null;
        unsubscribeId = null;
    }

    /** Returns the id of the request; null if there is nothing to request. */
    private String request(String op, List<String> topics) {
        if (topics.isEmpty()) {
            return null;
        }
        String id = "p" + context.sessions().identifiers().next();
        send.accept(topics.stream()
                .collect(Collectors.joining(
                        "\",\"", "{\"req_id\":\"" + id + "\",\"op\":\"" + op + "\",\"args\":[\"", "\"]}")));
        return id;
    }
}

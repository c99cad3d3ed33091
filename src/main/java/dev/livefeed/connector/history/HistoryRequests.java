package dev.livefeed.connector.history;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Queue of history commands. They are processed one at a time, to limit the load on the venue and the live feed. */
public final class HistoryRequests {

    /** Attempts for one page. */
    public static final int ATTEMPTS = HistoryRequest.ATTEMPTS;

    /** How long requests wait after failures in a row, in milliseconds. */
    public static final long CIRCUIT_MILLIS = CircuitBreaker.OPEN_MILLIS;

    private static final int MOST = 100;
    private static final String REFUSED = HistoryRefusedException.REFUSED;

    /** Wait after the venue has rejected this address. */
    private static final long BLOCKED_NANOS = 600_000_000_000L;

    private final VenueContext context;
    private final HistorySource source;
    private final CircuitBreaker circuit;
    private final Deque<HistoryRequest> open = new ArrayDeque<>();
    private String blocked;
    private long blockedAt;

    public HistoryRequests(VenueContext context, HistorySource source) {
        this.context = context;
        this.source = source;
        this.circuit = new CircuitBreaker(() -> context.now() / 1_000_000);
    }

    /** Queues a command, or refuses it. */
    public void add(Command command) {
        try {
            String category = source.category(command);
            if (open.size() >= MOST) {
                throw new HistoryRefusedException(
                        REFUSED, MOST + " history commands are already queued; wait for a history_done");
            }
            if (open.stream().anyMatch(other -> other.sameAs(command, category))) {
                throw new HistoryRefusedException(
                        REFUSED,
                        "another history command for " + command.channel() + " of " + command.symbol()
                                + " is still in progress; wait for its history_done");
            }
            open.add(new HistoryRequest(command, category, source.pages(command), context, circuit));
        } catch (HistoryRefusedException e) {
            refuse(command, e.code(), e.getMessage());
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

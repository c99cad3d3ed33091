package dev.livefeed.connector.feed.trade;

import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.VenueContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for one page that is sent again while it is not answered, so that a lost request does not use up the time
 * to fetch what is missing. The first answer counts.
 */
final class PageRequest {

    private static final long PATIENCE = 5_000_000_000L;
    private static final int UNDER_WAY = 3;

    private final VenueContext context;
    private final List<Sending> underWay = new ArrayList<>();
    private String path;
    private int weight;
    private RestClient.Callback callback;
    private long askAgainAt;

    PageRequest(VenueContext context) {
        this.context = context;
    }

    /** Sends a request in place of the one before. */
    void send(String newPath, int newWeight, RestClient.Callback newCallback) {
        cancel();
        path = newPath;
        weight = newWeight;
        callback = newCallback;
        ask();
    }

    private void ask() {
        Sending sending = new Sending();
        underWay.add(sending);
        sending.pending = context.rest().get(path, weight, sending);
    }

    void cancel() {
        underWay.forEach(sending -> sending.pending.cancel());
        underWay.clear();
    }

    void tick() {
        // One that waits for its turn is not late.
        boolean late = !underWay.isEmpty()
                && underWay.stream().allMatch(sending -> sending.sent)
                && context.now() - askAgainAt >= 0;
        if (late && underWay.size() < UNDER_WAY) {
            ask();
        }
    }

    /** One of the requests for the page. */
    private final class Sending implements RestClient.Callback {

        private RestClient.Pending pending;
        private boolean sent;

        @Override
        public void sent() {
            sent = true;
            askAgainAt = context.now() + PATIENCE;
        }

        @Override
        public void answered(byte[] body) {
            underWay.remove(this);
            cancel();
            callback.answered(body);
        }

        @Override
        public void failed(String reason) {
            underWay.remove(this);
            if (underWay.isEmpty()) {
                callback.failed(reason);
            }
        }

        @Override
        public void failed(String reason, RestFailure failure) {
            if (failure.kind() == RestFailure.Kind.TRANSIENT) {
                failed(reason);
                return;
            }
            underWay.remove(this);
            cancel();
            callback.failed(reason, failure);
        }
    }
}

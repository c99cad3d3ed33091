package dev.livefeed.connector.bybit.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.DataTree;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.protocol.status.Maintenance;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the venue's announcements of maintenance, each when it is first seen and when it changes.
 *
 * <p>The topic only has what is announced from now on, so the list of announcements is fetched after each subscription
 * and after a frame that could not be read.
 */
public final class MaintenanceStream extends RowStream {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceStream.class);
    private static final String LIST = "/v5/system/status";
    private static final int MAX_KNOWN = 200;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long FIRST_RETRY = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_RETRY = Duration.ofHours(1).toNanos();

    /** Announcements that ended earlier are of no interest in the list. */
    private static final long RECENT_MICROS = Duration.ofDays(1).toNanos() / 1_000L;

    private final Map<String, Maintenance> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Maintenance> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    private long fetchAt = NEVER;
    private long retry = FIRST_RETRY;
    private RestClient.Pending pending;

    public MaintenanceStream(Topic topic, FeedContext context) {
        super(topic, context);
    }

    @Override
    void row(DataRow row, FrameTimes times) throws RowFaultException {
        Maintenance announced = Announcement.read(row, context.outbox().connector(), context.exchangeMicros());
        if (announced != null && !announced.equals(known.put(announced.announcement(), announced))) {
            context.outbox().status(announced);
        }
    }

    @Override
    public void active() {
        retry = FIRST_RETRY;
        fetchAt = context.now();
    }

    @Override
    public void unreadable(String why) {
        fetchAt = context.now();
    }

    @Override
    public void frameMayBeLost() {
        fetchAt = context.now();
    }

    @Override
    public void ended() {
        fetchAt = NEVER;
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    @Override
    public void tick() {
        if (fetchAt != NEVER && context.now() - fetchAt >= 0 && pending == null) {
            fetchAt = NEVER;
            if (context.rest().available()) {
                pending = context.rest().get(LIST, new Answer());
            }
        }
    }

    /** The list of announcements, the newest first, most of them over. */
    private final class Answer implements RestClient.Callback {

        @Override
        public void answered(byte[] body) {
            pending = null;
            retry = FIRST_RETRY;
            FrameTimes now = new FrameTimes(context.exchangeMicros(), context.exchangeMicros(), false);
            try {
                int rows = 0;
                for (JsonNode row : DataTree.read(body).path("result").path("list")) {
                    if (rows < MAX_KNOWN && ofInterest(row, now)) {
                        rows++;
                        rows(List.of(row), now);
                    }
                }
            } catch (IOException e) {
                failed("the list of announcements cannot be read: " + e.getMessage());
            }
        }

        private boolean ofInterest(JsonNode row, FrameTimes now) {
            boolean over = Maintenance.over(row.path("state").asText());
            long ended = row.path("end").asLong() * 1_000L;
            return !over || now.micros() - ended < RECENT_MICROS;
        }

        @Override
        public void failed(String reason) {
            failed(reason, RestFailure.unusable(reason));
        }

        @Override
        public void failed(String reason, RestFailure failure) {
            pending = null;
            if (failure.kind() == RestFailure.Kind.TRANSIENT) {
                fetchAt = context.now() + retry;
                retry = Math.min(LONGEST_RETRY, 2 * retry);
            }
            LOG.warn("announcements_not_fetched reason=\"{}\": those before this connection are not known", reason);
        }
    }
}

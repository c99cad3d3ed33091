package dev.livefeed.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.protocol.model.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients join, leave and resubscribe while another thread sends updates: none misses an update or gets one twice. */
class StreamRaceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A client that reads immediately. */
    private static final class Reader implements ClientSink {
        private final List<String> messages = new ArrayList<>();

        @Override
        public long pending() {
            return 0;
        }

        @Override
        public synchronized void send(StreamMessage message) {
            messages.add(message.toString());
        }

        @Override
        public void flush() {
            // Nothing waits for it.
        }

        @Override
        public void ping() {
            // Not needed here.
        }

        @Override
        public long heardAt() {
            return 0;
        }

        @Override
        public void close(int code, String reason) {
            // Only at the end of the test.
        }

        private synchronized List<String> messages() {
            return List.copyOf(messages);
        }
    }

    @Test
    void joiningDuringUpdates() throws Exception {
        StreamRig rig = new StreamRig();
        rig.market.depth(StreamRig.depth(true, 1, -1, 50, "100 1", "1000 1"));
        rig.hub.start();
        AtomicBoolean enough = new AtomicBoolean();
        Thread feed = new Thread(() -> {
            for (long id = 2; !enough.get(); id++) {
                rig.market.depth(StreamRig.depth(false, id, id - 1, 50, (id % 500 + 1) + " " + (id % 7), ""));
                // At most some 20,000 updates a second: the readers keep every message.
                LockSupport.parkNanos(50_000);
            }
        });
        feed.start();
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Reader reader = new Reader();
            readers.add(reader);
            rig.hub.join(reader, rig.hub.subscription("depth", null, null));
            int at = i;
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> readers.get(at).messages().size() > 5);
            if (i % 3 == 0) {
                rig.hub.message(reader, "{\"command\":\"subscribe\",\"channel\":\"depth\"}");
            } else if (i % 3 == 1) {
                rig.hub.message(reader, "{\"command\":\"unsubscribe\",\"channel\":\"depth\"}");
                rig.hub.message(reader, "{\"command\":\"subscribe\",\"channel\":\"depth\"}");
            }
            if (i >= 5) {
                rig.hub.gone(readers.get(i - 5));
            }
        }
        enough.set(true);
        feed.join();

        long last = rig.market.book(Ids.linear(StreamRig.SYMBOL), 1).lastUpdateId();
        for (int i = 0; i < readers.size(); i++) {
            Reader reader = readers.get(i);
            boolean stayed = i >= readers.size() - 5;
            BookCopy copy = new BookCopy();
            if (stayed) {
                await().until(() -> lastOf(reader) == last);
            }
            for (String text : reader.messages()) {
                JsonNode message = JSON.readTree(text);
                if (message.has("last_update_id")) {
                    copy.take(message);
                }
            }
            if (stayed) {
                copy.is(rig.market.book(Ids.linear(StreamRig.SYMBOL), 1_000));
            }
        }
        assertThat(rig.hub.figures().lost()).isZero();
        rig.hub.stop();
    }

    private static long lastOf(Reader reader) throws Exception {
        List<String> all = reader.messages();
        return JSON.readTree(all.get(all.size() - 1)).path("last_update_id").asLong();
    }
}

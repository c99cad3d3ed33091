package dev.livefeed.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The start and the end of a loss or a failure are logged. */
class QueueLogTest {

    private final BoundedQueues<Integer> queues =
            new BoundedQueues<>(number -> new QueueSubject("BTCUSDT", number * 1_000_000L));
    private final BoundedQueue<Integer> queue = queues.queue("q", 2);
    private final QueueLog log = new QueueLog(queues, text -> text.replace("hunter2", "***"));
    private final Logger logger = (Logger) LoggerFactory.getLogger(QueueLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.now().plusSeconds(10);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(lines);
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            log.report(now);
            now = now.plusSeconds(1);
        }
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void lossIsLoggedAtStartEveryMinuteAndAtEnd() {
        queue.addAll(List.of(1, 2));
        for (int i = 3; i < 93; i++) {
            queue.offer(i);
            seconds(1);
        }
        queue.poll();
        seconds(90);

        assertThat(said()).hasSize(3);
        assertThat(said().get(0))
                .isEqualTo("queue_dropping queue=q capacity=2 dropped=1 total=1"
                        + " from=1970-01-01T00:00:03Z to=1970-01-01T00:00:03Z symbols={BTCUSDT=1}");
        assertThat(said().get(1)).startsWith("queue_dropping queue=q capacity=2 dropped=60 total=61");
        assertThat(said().get(2))
                .startsWith("queue_drained queue=q dropped=90")
                .endsWith("from=1970-01-01T00:00:03Z to=1970-01-01T00:01:32Z symbols={BTCUSDT=90}");
    }

    @Test
    void repeatedShortLossesDoNotFloodTheLog() {
        for (int i = 0; i < 120; i++) {
            queue.addAll(List.of(1, 2));
            queue.offer(3);
            queue.poll();
            queue.poll();
            seconds(1);
        }
        assertThat(said()).hasSize(24);
        assertThat(said().get(2)).startsWith("queue_dropping queue=q capacity=2 dropped=10 total=11");
    }

    @Test
    void failureAndRecoveryOfASinkAreLogged() throws Exception {
        queue.add(1);
        QueueDelivery<Integer> loan = queue.lend(0, TimeUnit.SECONDS);
        loan.watch(() -> "IOException: user:hunter2@db");
        seconds(90);
        loan.giveBack();
        seconds(2);
        queue.poll();
        seconds(90);

        assertThat(said()).hasSize(3);
        assertThat(said().get(0))
                .startsWith("queue_failing queue=q waiting=1 capacity=2")
                .endsWith("failure=\"IOException: user:***@db\"; it is retried");
        assertThat(said().get(2)).startsWith("queue_recovered queue=q");
    }

    @Test
    void undeliveredEventsAreLoggedAtTheEnd() throws Exception {
        queue.addAll(List.of(1, 2));
        queue.lend(0, TimeUnit.SECONDS);
        log.end(now);

        assertThat(said())
                .containsExactly("queue_not_delivered queue=q events=2"
                        + " from=1970-01-01T00:00:01Z to=1970-01-01T00:00:02Z symbols={BTCUSDT=2}");
    }

    @Test
    void unreportedLossIsLoggedAtTheEnd() {
        queue.addAll(List.of(1, 2));
        queue.offer(3);
        seconds(1);
        queue.offer(4);
        queue.offer(5);
        seconds(1);
        log.end(now);

        assertThat(said()).hasSize(3);
        assertThat(said().get(1)).startsWith("queue_dropping queue=q capacity=2 dropped=2 total=3");
    }
}

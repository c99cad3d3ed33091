package dev.livefeed.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Events leave the queue in order or are counted. */
class BoundedQueueTest {

    private final BoundedQueues<Integer> queues =
            new BoundedQueues<>(number -> new QueueSubject(number % 2 == 0 ? "EVEN" : "ODD", number));
    private final BoundedQueue<Integer> queue = queues.queue("q", 3);

    private QueueDelivery<Integer> lend() throws InterruptedException {
        return queue.lend(0, TimeUnit.SECONDS);
    }

    private List<Integer> rest() {
        List<Integer> all = new ArrayList<>();
        queue.drainTo(all);
        return all;
    }

    @Test
    void eventInDeliveryCountsTowardsTheBound() throws Exception {
        queue.addAll(List.of(1, 2, 3));
        QueueDelivery<Integer> first = lend();

        assertThat(queue.offer(4)).isFalse();
        first.delivered();
        assertThat(queue.offer(5)).isTrue();

        assertThat(rest()).containsExactly(2, 3, 5);
        QueueView view = queue.view();
        assertThat(view.taken()).isEqualTo(4);
        assertThat(view.delivered()).isEqualTo(4);
        assertThat(view.dropped()).isOne();
        assertThat(view.size()).isZero();
    }

    @Test
    void returnedEventsKeepTheirOrder() throws Exception {
        queue.addAll(List.of(1, 2, 3));
        QueueDelivery<Integer> first = lend();
        QueueDelivery<Integer> second = lend();

        first.giveBack();
        second.giveBack();
        second.giveBack();

        assertThat(rest()).containsExactly(1, 2, 3);
        assertThat(queue.view().delivered()).isEqualTo(3);
    }

    @Test
    void lateCompletionRemovesAReturnedEvent() throws Exception {
        queue.addAll(List.of(1, 2));
        QueueDelivery<Integer> late = lend();
        late.giveBack();
        late.delivered();
        late.delivered();

        assertThat(rest()).containsExactly(2);
        assertThat(queue.view().delivered()).isEqualTo(2);
    }

    @Test
    void lateCompletionIsIgnoredDuringRedelivery() throws Exception {
        queue.add(1);
        QueueDelivery<Integer> late = lend();
        late.giveBack();
        QueueDelivery<Integer> again = lend();
        late.delivered();
        assertThat(queue.view().size()).isOne();

        again.giveBack();
        assertThat(rest()).containsExactly(1);
    }

    @Test
    void dropsAndRefusalsAreCounted() throws Exception {
        queue.addAll(List.of(1, 2, 3));

        assertThat(queue.offer(4, 0, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> queue.add(5)).hasMessageContaining("queue q is full: it holds 3 events");
        assertThat(queue.offer(6, 1, TimeUnit.MILLISECONDS)).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.put(7)).isInstanceOf(InterruptedException.class);

        QueueView view = queue.view();
        assertThat(view.dropped()).isEqualTo(2);
        assertThat(view.refused()).isEqualTo(2);
        assertThat(view.lastLoss().events()).isEqualTo(2);
        assertThat(view.lastLoss().fromMicros()).isEqualTo(4);
        assertThat(view.lastLoss().toMicros()).isEqualTo(7);
        assertThat(view.lastLoss().symbols()).isEqualTo(Map.of("EVEN", 1L, "ODD", 1L));
    }

    @Test
    void waitingSenderGetsFreedSpace() throws Exception {
        queue.addAll(List.of(1, 2, 3));
        CompletableFuture<Void> put = CompletableFuture.runAsync(() -> {
            try {
                queue.put(4);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        lend().delivered();
        put.get(10, TimeUnit.SECONDS);

        assertThat(rest()).containsExactly(2, 3, 4);
        assertThat(queue.view().dropped()).isZero();
    }

    @Test
    void lossEndsWhenHalfOfTheQueueIsFree() throws Exception {
        queue.addAll(List.of(1, 2, 3));
        queue.offer(4);
        lend().delivered();
        assertThat(queue.view().dropping()).isTrue();
        queue.offer(5);
        queue.offer(6);
        lend().delivered();
        lend().delivered();

        QueueView view = queue.view();
        assertThat(view.dropping()).isFalse();
        assertThat(view.lastLoss().events()).isEqualTo(2);
        queue.addAll(List.of(7, 8));
        queue.offer(10);
        assertThat(queue.view().lastLoss().events()).isOne();
    }

    @Test
    void resizingTakesEffectImmediatelyAndLosesNothing() {
        queue.addAll(List.of(1, 2, 3));
        queues.queue("q", 5);
        assertThat(queue.offer(4)).isTrue();
        queues.queue("q", 1);
        assertThat(queue.offer(5)).isFalse();

        assertThat(queue.remainingCapacity()).isZero();
        assertThat(rest()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void failingDeliveryIsShownUntilItSucceeds() throws Exception {
        queue.add(1);
        QueueDelivery<Integer> loan = lend();
        loan.watch(() -> "ConnectException: Connection refused");

        assertThat(queue.view().failingSince()).isNotNull();
        assertThat(queue.view().failure()).isEqualTo("ConnectException: Connection refused");
        loan.delivered();
        assertThat(queue.view().failingSince()).isNull();
        assertThat(queue.view().failure()).isEqualTo("ConnectException: Connection refused");
    }

    @Test
    void alarms() throws Exception {
        assertThat(QueueAlarms.of(queue.view(), Instant.now())).isEmpty();
        queue.addAll(List.of(2, 4, 6));
        queue.offer(8);
        Instant now = Instant.now();

        assertThat(QueueAlarms.of(queue.view(), now))
                .hasSize(3)
                .anyMatch(alarm -> alarm.startsWith("queue q dropped 1 events")
                        && alarm.contains("symbols {EVEN=1}: it was full with 3"))
                .contains("queue q holds 3 events and no route reads it: add a route from seda:q")
                .contains("queue q holds 3 of at most 3 events; what finds it full is lost or waits");

        queue.readers(1);
        rest();
        assertThat(QueueAlarms.of(queue.view(), now)).hasSize(1);
        assertThat(QueueAlarms.of(queue.view(), now.plus(ReportTimes.RECENT).plus(Duration.ofSeconds(9))))
                .isEmpty();
    }

    @Test
    void failedEventsAreAnAlarm() throws Exception {
        queue.readers(1);
        queue.offer(1);
        queue.complete(queue.lend(1, TimeUnit.SECONDS), "IllegalStateException: the database is down");

        Instant now = Instant.now();
        assertThat(QueueAlarms.of(queue.view(), now))
                .singleElement()
                .asString()
                .startsWith("queue q: the route that reads it gave up 1 events")
                .contains("the database is down");
        assertThat(QueueAlarms.of(queue.view(), now.plus(ReportTimes.RECENT).plus(Duration.ofSeconds(9))))
                .isEmpty();
    }
}

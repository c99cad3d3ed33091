package dev.livefeed.app.route.queue;

import dev.livefeed.app.queue.BoundedQueue;
import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueSubject;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import java.util.concurrent.BlockingQueue;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.QueueReference;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaEndpoint;

/**
 * A {@code seda:} component whose queues are counted, survive edits of their routes, and can be resized by an edit. All
 * options are those of Camel's component.
 */
@org.apache.camel.spi.annotations.Component("seda")
public final class QueueComponent extends SedaComponent {

    /** The registry name that Camel looks up before its own component. */
    public static final String NAME = "seda";

    private static final long NO_TIME = -1;
    private static final Subjects SUBJECTS = new Subjects();

    private final BoundedQueues<Exchange> queues;

    public QueueComponent(BoundedQueues<Exchange> queues) {
        this.queues = queues;
    }

    /** What an exchange is about, used to summarise dropped events. */
    public static QueueSubject subject(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof Event event
                ? SUBJECTS.visit(event)
                : new QueueSubject(exchange.getMessage().getHeader(EventDataFormat.SYMBOL, String.class), NO_TIME);
    }

    /** The category tells two instruments of the same symbol apart. */
    private static String instrument(String category, String symbol) {
        return symbol == null ? null : InstrumentId.market(category, symbol);
    }

    private static final class Subjects implements EventVisitor<QueueSubject> {

        @Override
        public QueueSubject trade(Trade trade) {
            return new QueueSubject(instrument(trade.category(), trade.symbol()), trade.timestampMicros());
        }

        @Override
        public QueueSubject depth(Depth depth) {
            return new QueueSubject(instrument(depth.category(), depth.symbol()), depth.timestampMicros());
        }

        @Override
        public QueueSubject market(MarketEvent event) {
            return new QueueSubject(instrument(event.category(), event.symbol()), event.timestampMicros());
        }

        @Override
        public QueueSubject account(AccountEvent event) {
            return new QueueSubject(instrument(event.category(), event.symbol()), event.timestampMicros());
        }

        @Override
        public QueueSubject status(Status status) {
            return withoutTime(status);
        }

        @Override
        public QueueSubject failure(Failure failure) {
            return withoutTime(failure);
        }

        @Override
        public QueueSubject history(HistoryEvent event) {
            return withoutTime(event);
        }

        @Override
        public QueueSubject unknown(Unknown event) {
            return withoutTime(event);
        }

        private static QueueSubject withoutTime(Event event) {
            return new QueueSubject(instrument(event.category(), event.symbol()), NO_TIME);
        }
    }

    @Override
    protected SedaEndpoint createEndpoint(
            String endpointUri, Component component, BlockingQueueFactory<Exchange> factory, int consumers) {
        return new QueueEndpoint(endpointUri, component, factory, consumers);
    }

    @Override
    public QueueReference getOrCreateQueue(
            SedaEndpoint endpoint, Integer size, Boolean multipleConsumers, BlockingQueueFactory<Exchange> own) {
        lock.lock();
        try {
            QueueReference existing = getQueueReference(getQueueKey(endpoint.getEndpointUri()));
            if (existing != null && existing.getQueue() instanceof BoundedQueue<?> queue) {
                if (size != null) {
                    queues.queue(queue.name(), size);
                }
                // Camel does not allow changing the size.
                return super.getOrCreateQueue(endpoint, existing.getSize(), multipleConsumers, own);
            }
            return super.getOrCreateQueue(
                    endpoint, size, multipleConsumers, own == null ? new Named(endpoint.getName()) : own);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the named queue, created or left over from earlier routes. */
    private final class Named implements BlockingQueueFactory<Exchange> {

        private final String name;

        private Named(String name) {
            this.name = name;
        }

        @Override
        public BlockingQueue<Exchange> create() {
            return create(org.apache.camel.component.seda.SedaConstants.QUEUE_SIZE);
        }

        @Override
        public BlockingQueue<Exchange> create(int capacity) {
            return queues.queue(name, capacity);
        }
    }
}

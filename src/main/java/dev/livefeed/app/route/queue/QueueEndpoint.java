package dev.livefeed.app.route.queue;

import dev.livefeed.app.queue.BoundedQueue;
import java.io.IOException;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.QueueReference;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.component.seda.SedaConsumerNotAvailableException;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.component.seda.SedaProducer;

/** An endpoint of a counted queue. */
final class QueueEndpoint extends SedaEndpoint {

    QueueEndpoint(String uri, Component component, BlockingQueueFactory<Exchange> factory, int consumers) {
        super(uri, component, factory, consumers);
    }

    /** The queue, or null if the route supplies its own, which is not counted. */
    @SuppressWarnings("unchecked")
    BoundedQueue<Exchange> counted() {
        return getQueue() instanceof BoundedQueue<?> queue ? (BoundedQueue<Exchange>) queue : null;
    }

    @Override
    protected SedaConsumer createNewConsumer(Processor processor) {
        return new QueueConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
        return new SedaProducer(
                this,
                getWaitForTaskToComplete(),
                getTimeout(),
                isBlockWhenFull(),
                isDiscardWhenFull(),
                getOfferTimeout()) {

            @Override
            protected void doStart() throws Exception {
                super.doStart();
                senders(1);
            }

            @Override
            protected void doStop() throws Exception {
                senders(-1);
                super.doStop();
            }

            @Override
            protected void addToQueue(Exchange exchange, boolean copy)
                    throws SedaConsumerNotAvailableException, IOException {
                QueueReference reference = getQueueReference();
                if (isDiscardIfNoConsumers() && reference != null && !reference.hasConsumers() && counted() != null) {
                    counted().drop(exchange);
                } else {
                    super.addToQueue(exchange, copy);
                }
            }
        };
    }

    private void senders(int change) {
        BoundedQueue<Exchange> queue = counted();
        if (queue != null) {
            queue.senders(change);
        }
    }
}

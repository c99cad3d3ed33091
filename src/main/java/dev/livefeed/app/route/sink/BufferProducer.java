package dev.livefeed.app.route.sink;

import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.protocol.model.Event;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Gives each event to the buffers that take its type. */
final class BufferProducer extends DefaultAsyncProducer {

    private final SinkBuffers buffers;

    BufferProducer(BufferEndpoint endpoint, SinkBuffers buffers) {
        super(endpoint);
        this.buffers = buffers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!buffers.isEmpty()) {
            try {
                give(exchange.getMessage());
            } catch (RuntimeException e) {
                exchange.setException(e); // the body has no form as a line
            }
        }
        callback.done(true);
        return true;
    }

    private void give(Message message) {
        if (message.getBody() instanceof Event event) {
            buffers.accept(event);
            return;
        }
        String type = message.getHeader(EventDataFormat.TYPE, String.class);
        if (type != null && buffers.wants(type)) {
            byte[] line = message.getBody(byte[].class);
            if (line != null) {
                buffers.accept(type, message.getHeader(EventDataFormat.SYMBOL, String.class), line);
            }
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        buffers.senders(1);
    }

    @Override
    protected void doStop() throws Exception {
        buffers.senders(-1);
        super.doStop();
    }
}

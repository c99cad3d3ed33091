package dev.livefeed.app.route.sink;

import dev.livefeed.app.sink.SinkBuffer;
import dev.livefeed.app.sink.SinkTypes;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;

/** The entry of all buffers, or a buffer with the options of the route that reads it. */
public final class BufferEndpoint extends DefaultEndpoint {

    private final BufferComponent component;
    private final String name;
    private Set<String> types;
    private int maxBatch = 500;
    private Duration maxWait = Duration.ofMillis(200);

    BufferEndpoint(String uri, BufferComponent component, String name, Set<String> types) {
        super(uri, component);
        this.component = component;
        this.name = name;
        this.types = types;
    }

    /** Comma-separated types of the events that the buffer takes; SINK_TYPES if not set. */
    public void setTypes(String types) {
        try {
            this.types = SinkTypes.parse(types);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("types is " + types + "; " + e.getMessage());
        }
    }

    public String getTypes() {
        return String.join(",", types);
    }

    /** Maximum number of events of a batch, 1 to 10,000, default 500; a batch ends before at 1 MiB. */
    public void setMaxBatch(int maxBatch) {
        if (maxBatch < 1 || maxBatch > 10_000) {
            throw new IllegalArgumentException("maxBatch is " + maxBatch + ", must be 1 to 10000");
        }
        this.maxBatch = maxBatch;
    }

    public int getMaxBatch() {
        return maxBatch;
    }

    /** How long an event may wait for others of its batch, up to 60s, default 200ms. */
    public void setMaxWait(String maxWait) {
        long millis = TimeUtils.toMilliSeconds(maxWait);
        if (millis < 0 || millis > 60_000) {
            throw new IllegalArgumentException("maxWait is " + maxWait + ", must be 0 to 60s");
        }
        this.maxWait = Duration.ofMillis(millis);
    }

    public String getMaxWait() {
        return maxWait.toMillis() + "ms";
    }

    long maxWaitMillis() {
        return maxWait.toMillis();
    }

    /** The buffer; opened if necessary. */
    SinkBuffer buffer() {
        return component.buffers().buffer(name, types);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        if (name.equals(BufferComponent.ALL)) {
            throw new IllegalArgumentException(
                    "events are sent to buffer:" + BufferComponent.ALL + "; a sink has a name of its own");
        }
        return new BufferConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
        if (!name.equals(BufferComponent.ALL)) {
            throw new IllegalArgumentException("send to buffer:" + BufferComponent.ALL
                    + ": each event goes to the buffers" + " that take its type");
        }
        return new BufferProducer(this, component.buffers());
    }
}

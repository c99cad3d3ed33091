package dev.livefeed.app.route.sink;

import dev.livefeed.app.sink.SinkBuffers;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The component of {@code buffer:sinks}, to which routes send events for all sinks, and of {@code buffer:NAME}, from
 * which the route of a sink receives them in batches.
 */
@org.apache.camel.spi.annotations.Component("buffer")
public final class BufferComponent extends DefaultComponent {

    /** The registry name under which Camel finds it. */
    public static final String NAME = "buffer";

    /** What events are sent to. */
    static final String ALL = "sinks";

    private final SinkBuffers buffers;
    private final Set<String> defaultTypes;

    /** @param defaultTypes types that a buffer takes unless its route says otherwise */
    public BufferComponent(SinkBuffers buffers, Set<String> defaultTypes) {
        this.buffers = buffers;
        this.defaultTypes = defaultTypes;
    }

    SinkBuffers buffers() {
        return buffers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (!SinkBuffers.NAME.matcher(remaining).matches()) {
            throw new IllegalArgumentException(
                    "the name of the buffer is \"" + remaining + "\"; it must match " + SinkBuffers.NAME);
        }
        BufferEndpoint endpoint = new BufferEndpoint(uri, this, remaining, defaultTypes);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}

package dev.livefeed.app.route.source;

import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The subscriptions of several sources, under the bean name {@code subscriptions}. */
public final class SourceSubscriptions {

    private final PerVenue<Subscriptions> sources;

    public SourceSubscriptions(PerVenue<Subscriptions> sources) {
        this.sources = sources;
    }

    /** The subscribe commands for the process that has just started. */
    public List<Map<String, Object>> ask(Exchange exchange) {
        return sources.of(exchange).ask();
    }

    public void status(Status status) {
        sources.of(status.venue()).status(status);
    }

    public void failure(Failure failure) {
        sources.of(failure.venue()).failure(failure);
    }
}

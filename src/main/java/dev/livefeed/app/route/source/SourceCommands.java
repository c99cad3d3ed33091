package dev.livefeed.app.route.source;

import dev.livefeed.app.route.exec.ConnectorCommands;
import org.apache.camel.Exchange;

/** Writes each command to the process of its source, under the bean name {@code connectorCommands}. */
public final class SourceCommands {

    private final PerVenue<ConnectorCommands> sources;

    public SourceCommands(PerVenue<ConnectorCommands> sources) {
        this.sources = sources;
    }

    /** The exchange property {@code venue} says which source; without it the command is for the first one. */
    public void send(byte[] json, Exchange exchange) {
        sources.of(exchange).send(json);
    }
}

package dev.livefeed.connector.session.access;

import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** How hosts are reached. Its text holds no secret. */
public record NetworkAccess(Proxies proxies, ExtraHeaders headers) {

    /** No proxy and no additional header. */
    public static final NetworkAccess DIRECT = new NetworkAccess(Proxies.NONE, ExtraHeaders.NONE);

    /**
     * Reads the settings {@code proxy} and {@code headers} and the usual variables of proxies; errors go to {@code
     * settings}.
     *
     * @param proxy variable of the setting {@code proxy}
     * @param headers variable of the setting {@code headers}
     */
    public static NetworkAccess read(ConnectorSettings settings, String proxy, String headers) {
        return new NetworkAccess(Proxies.read(settings, proxy), ExtraHeaders.read(settings, headers));
    }

    /** One line for each host that a proxy is configured for: whether it is used. Some of the addresses may be null. */
    public List<String> describe(URI... addresses) {
        return Stream.of(addresses)
                .filter(Objects::nonNull)
                .map(proxies::describe)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}

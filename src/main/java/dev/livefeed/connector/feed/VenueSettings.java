package dev.livefeed.connector.feed;

import dev.livefeed.connector.session.access.NetworkAccess;
import java.util.List;

/** The settings that every venue's connector has. */
public interface VenueSettings {

    Timeouts limits();

    ConnectionCapacity connections();

    /** How hosts are reached. */
    NetworkAccess access();

    /** One line for each host that a proxy is configured for: whether it is used. */
    List<String> describeAccess();
}

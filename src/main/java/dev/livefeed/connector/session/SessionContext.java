package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;
import java.util.random.RandomGenerator;

/**
 * Objects shared by all sessions of a connector.
 *
 * @param budget limit on connection attempts to the venue
 */
public record SessionContext(
        Network network, TimeSource time, RandomGenerator random, Identifiers identifiers, ConnectionBudget budget) {}

package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;
import java.util.random.RandomGenerator;

/**
 * What the sessions of one connector share.
 *
 * @param budget of all connections to the venue
 */
public record SessionContext(
        Network network, TimeSource time, RandomGenerator random, Identifiers identifiers, ConnectionBudget budget) {}

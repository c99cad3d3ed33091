/**
 * What all connector processes share: their start and end, commands, events, heartbeat and back pressure.
 *
 * <p>A connector's own part is a {@link dev.livefeed.connector.Feed}, a state machine without thread, socket or clock.
 * Nothing here knows Camel or the application.
 */
package dev.livefeed.connector;

package dev.livefeed.connector.sdk;

import dev.livefeed.connector.sdk.command.Command;
import java.util.Map;

/**
 * The part of a connector that is its own: a state machine that takes inputs and writes events.
 *
 * <p>All methods are called by one thread and never wait. It reads no clock but the one it was given.
 */
public interface ConnectorFeed {

    /** Called once, before anything else. */
    void start();

    /** Subscribe, unsubscribe or resync; answered by a status or an error, now or later. */
    void command(Command command);

    /**
     * The past, asked of the venue: answered by events marked as history and a closing status, or by an error.
     *
     * @return false where the connector has no history; nothing was answered then
     */
    default boolean history(Command command) {
        return false;
    }

    /** No further command is at hand: what was collected may go out. */
    void commandsDone();

    /** Time has passed; called again and again at the connector's interval. */
    void tick();

    /** Called once: subscriptions end, nothing is written after it. */
    void stop();

    /** Figures for the heartbeat, in the order in which they are shown. */
    Map<String, Object> figures();
}

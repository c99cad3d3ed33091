package dev.livefeed.connector.sdk;

import dev.livefeed.connector.sdk.command.Command;
import java.util.Map;

/**
 * The venue-specific part of a connector: a state machine that takes inputs and writes events.
 *
 * <p>All methods are called by one thread and must not block. The only clock is {@link Host#time}.
 */
public interface ConnectorFeed {

    /** Called once, before any other method. */
    void start();

    /** Handles subscribe, unsubscribe or resync, answered by a status or an error now or later. */
    void command(Command command);

    /**
     * A request for past data: answered by events marked as history and a closing status, or by an error.
     *
     * @return false where the connector has no history; nothing was answered then
     */
    default boolean history(Command command) {
        return false;
    }

    /**
     * A command to a replay: pause, resume, speed or step, answered by a {@code replay} status or by an error.
     *
     * @return false where no recording is played; nothing was answered then
     */
    default boolean replay(Command command) {
        return false;
    }

    /** No further command is available at the moment: collected requests may be sent. */
    void commandsDone();

    /** Called at {@link Connector#tickInterval}. */
    void tick();

    /** Ends all subscriptions. Called once; nothing is written afterwards. */
    void stop();

    /** Figures for the heartbeat, in display order. */
    Map<String, Object> figures();
}

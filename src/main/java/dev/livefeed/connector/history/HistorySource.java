package dev.livefeed.connector.history;

import dev.livefeed.connector.sdk.command.Command;

/** The past data of a venue. */
public interface HistorySource {

    /**
     * The category of a command, or the connector's own if it names none.
     *
     * @throws HistoryRefusedException if the venue has no such category
     */
    String category(Command command) throws HistoryRefusedException;

    /**
     * The requests that answer a command.
     *
     * @throws HistoryRefusedException if it cannot be answered
     */
    HistoryPages pages(Command command) throws HistoryRefusedException;
}

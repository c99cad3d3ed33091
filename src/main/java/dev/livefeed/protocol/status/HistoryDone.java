package dev.livefeed.protocol.status;

/** The status that closes the answer to a {@code history} command. */
public final class HistoryDone {

    public static final String STATUS = "history_done";

    private static final String COMPLETE = "complete";

    private HistoryDone() {}

    /**
     * Makes the status.
     *
     * @param about connector, symbol, channel, category, the id of the command and the reason
     * @param from ISO-8601
     * @param to ISO-8601; before the end that was asked for where the venue's data was final up to here only
     * @param count events sent
     * @param complete whether these are all that there were between {@code from} and {@code to}
     */
    public static Status of(Status about, String from, String to, long count, boolean complete) {
        return about.with("from", from).with("to", to).with("count", count).with(COMPLETE, complete);
    }

    /** Whether nothing is missing of the time that the status names. */
    public static boolean complete(Status done) {
        return Boolean.TRUE.equals(done.details().get(COMPLETE));
    }
}

package dev.livefeed.app.conformance;

/** The rules of the protocol that are checked, in the order of the table, each with what to do if it is broken. */
public enum ProtocolRule {
    STARTS("starts", "run on, and send the status connected as soon as there is a connection to the exchange"),
    JSON_LINES("json-lines", "write one JSON object per line to stdout, in UTF-8, and everything else to stderr"),
    LINE_LENGTH("line-length", "write lines of at most 1 MiB; send fewer levels in a snapshot"),
    FLUSH("flush", "end each line by \\n, and flush stdout after it"),
    STDERR("stderr", "write events to stdout; stderr is for people, a few lines a second"),
    KNOWN_TYPES("known-types", "give each line a type, and spell types and statuses as the protocol does"),
    FIELDS("fields", "send all required fields, in the form and spelling that the protocol lists"),
    DECIMALS("decimals", "send prices and sizes as the exchange wrote them, as text, never through a binary double"),
    TIMES("times", "send timestamp in milliseconds, received_at in microseconds since 1970, times of statuses as text"),
    HEARTBEAT("heartbeat", "send the status heartbeat at least every 5 s, also in a quiet market"),
    SUBSCRIBE("subscribe", "answer each subscribe by subscribed with its id, then send the data"),
    REFUSAL("refusal", "answer a subscribe of a channel that does not exist by an error with its id"),
    BAD_COMMAND(
            "bad-command", "answer what is no command by an error with the code bad-command, and its id if it has one"),
    PING("ping", "answer ping by a heartbeat with its id"),
    HISTORY("history", "answer history by its events and one history_done, or by an error with its id"),
    ANSWERED_ONCE("answered-once", "answer each command once, with its channel and symbol; no other event has an id"),
    ONLY_SUBSCRIBED("only-subscribed", "send events of the channels and symbols that are subscribed only"),
    BOOK_SNAPSHOT("book-snapshot", "send a snapshot before the first delta, and after disconnected and resyncing"),
    BOOK_CHAIN("book-chain", "set prev_update_id to the last_update_id of the event before; after a loss, resync"),
    BOOK_PRICES("book-prices", "send the levels of a snapshot best first, and books whose bid is below their ask"),
    RESYNC("resync", "answer resync by resyncing with its id, then send a snapshot"),
    TRADE_ORDER("trade-order", "send trades in the order of the exchange's time; mark fetched ones as repaired"),
    TRADE_ONCE("trade-once", "send each trade once"),
    TRADE_COMPLETE("trade-complete", "fetch missing trades, or report them as a gap"),
    SLOW_READER("slow-reader", "wait until stdout can be written again; merge deltas, keep trades"),
    UNSUBSCRIBE("unsubscribe", "answer unsubscribe by unsubscribed with its id, and send nothing of it any more"),
    STOP("stop", "exit with status 0 within 5 s after the command stop"),
    END_OF_INPUT("end-of-input", "exit with status 0 within 5 s after the end of stdin"),
    SIGTERM("sigterm", "exit within 5 s after SIGTERM"),
    DESCENDANTS("descendants", "end the processes that the connector has started before it exits"),
    BAD_SETTINGS("bad-settings", "exit with status 78 and one line on stderr if a setting can never work"),
    TIME_LIMIT("time-limit", "give the check more time by --limit; what was not reached is not checked");

    private final String text;
    private final String advice;

    ProtocolRule(String text, String advice) {
        this.text = text;
        this.advice = advice;
    }

    /** What to do if it is broken. */
    public String advice() {
        return advice;
    }

    /** Its name in the table. */
    @Override
    public String toString() {
        return text;
    }
}

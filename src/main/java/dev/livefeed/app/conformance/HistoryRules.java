package dev.livefeed.app.conformance;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;

/** Past events: only what was asked for, oldest first, and as many as {@code history_done} says. Not thread-safe. */
final class HistoryRules {

    private final RuleFindings findings;
    private Range asked;
    private long count;
    private long newest;

    /**
     * What a command asks for.
     *
     * @param from in milliseconds since 1970
     * @param to in milliseconds since 1970, which is no part of it
     */
    record Range(String channel, String symbol, long from, long to) {}

    HistoryRules(RuleFindings findings) {
        this.findings = findings;
    }

    /** A command was sent. */
    void asked(Range range) {
        asked = range;
        count = 0;
        newest = 0;
    }

    void event(HistoryEvent history, byte[] line) {
        if (asked == null) {
            findings.failed(ProtocolRule.HISTORY, "a past event came without a history command", line);
            return;
        }
        count++;
        Event event = history.event();
        String wrong = wrong(event);
        if (wrong != null) {
            findings.failed(ProtocolRule.HISTORY, wrong, line);
        }
        long time = event instanceof Kline kline
                ? kline.startMicros()
                : event instanceof Trade trade ? trade.timestampMicros() : 0;
        if (time < newest) {
            findings.failed(ProtocolRule.HISTORY, "a past event is older than the one before", line);
        }
        newest = Math.max(newest, time);
    }

    private String wrong(Event event) {
        if (!asked.symbol().equals(event.symbol())) {
            return "a past event of " + event.symbol() + " came, " + asked.symbol() + " was asked for";
        }
        if (event instanceof Trade trade) {
            return !asked.channel().equals("trades")
                    ? "a past trade came, " + asked.channel() + " was asked for"
                    : outside(trade.timestampMicros(), trade.timestampMicros());
        }
        if (event instanceof Kline kline) {
            if (!asked.channel().equals(kline.channel())) {
                return "a past candle of " + kline.channel() + " came, " + asked.channel() + " was asked for";
            }
            return kline.closed()
                    ? outside(kline.startMicros(), kline.endMicros())
                    : "closed is false in a past candle, must be true";
        }
        return "a past " + event.type() + " came, must be a trade or a kline";
    }

    private String outside(long startMicros, long endMicros) {
        return startMicros >= asked.from() * 1_000 && endMicros < asked.to() * 1_000
                ? null
                : "the time of a past event, " + Times.instant(startMicros) + ", is not within "
                        + Times.instant(asked.from() * 1_000) + " to " + Times.instant(asked.to() * 1_000);
    }

    void done(HistoryDone done, byte[] line) {
        asked = null;
        if (done.count() == null || done.count() != count) {
            findings.failed(
                    ProtocolRule.HISTORY,
                    "history_done has the count " + done.count() + " after " + count + " events",
                    line);
        } else if (done.from() == null || done.to() == null || done.complete() == null) {
            findings.failed(
                    ProtocolRule.HISTORY, "history_done has no from, to (both ISO-8601 text) or complete", line);
        } else if (!done.complete() && done.reason() == null) {
            findings.failed(ProtocolRule.HISTORY, "history_done is not complete and has no reason", line);
        }
    }

    /** Number of events since the command. */
    long count() {
        return count;
    }
}

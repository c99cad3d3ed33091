package dev.livefeed.app.conformance;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;

/** Past events: only while they are asked for, oldest first, and as many as {@code history_done} says. */
final class HistoryRules {

    private final RuleFindings findings;
    private boolean asked;
    private long count;
    private long newest;

    HistoryRules(RuleFindings findings) {
        this.findings = findings;
    }

    /** A command was sent. */
    void asked() {
        asked = true;
    }

    void event(HistoryEvent history, byte[] line) {
        if (!asked) {
            findings.failed(ProtocolRule.HISTORY, "a past event came without a history command", line);
            return;
        }
        count++;
        long time = time(history.event());
        if (time < newest) {
            findings.failed(ProtocolRule.HISTORY, "a past event is older than the one before", line);
        }
        newest = Math.max(newest, time);
    }

    private static long time(Event event) {
        if (event instanceof Kline kline) {
            return kline.startMicros();
        }
        return event instanceof Trade trade ? trade.timestampMicros() : 0;
    }

    void done(HistoryDone done, byte[] line) {
        asked = false;
        if (done.count() == null || done.count() != count) {
            findings.failed(
                    ProtocolRule.HISTORY,
                    "history_done has the count " + done.count() + " after " + count + " events",
                    line);
        } else if (done.from() == null || done.to() == null || done.complete() == null) {
            findings.failed(ProtocolRule.HISTORY, "history_done has no from, to or complete", line);
        } else if (!done.complete() && done.reason() == null) {
            findings.failed(ProtocolRule.HISTORY, "history_done is not complete and has no reason", line);
        }
    }

    long count() {
        return count;
    }
}

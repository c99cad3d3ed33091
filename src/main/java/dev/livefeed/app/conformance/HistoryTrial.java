package dev.livefeed.app.conformance;

import dev.livefeed.app.conformance.HistoryRules.Range;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.HistoryDone;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Asks for past candles and trades. A connector may have either, or none. */
final class HistoryTrial {

    private static final long MINUTE = 60_000;
    private static final Duration CANDLES = Duration.ofMinutes(5);
    private static final Set<String> CODES = Set.of(Failure.UNSUPPORTED, "refused", SentCommands.BAD_COMMAND);

    private final Subscription subscription;
    private final CommandTrial trial;
    private final RuleFindings findings;
    private final TrialRun run;

    HistoryTrial(Subscription subscription, CommandTrial trial, RuleFindings findings, TrialRun run) {
        this.subscription = subscription;
        this.trial = trial;
        this.findings = findings;
        this.run = run;
    }

    void run() throws InterruptedException {
        long minute = System.currentTimeMillis() / MINUTE * MINUTE;
        long candles = CANDLES.toMillis();
        String refused = ask("kline.1m", minute - 2 * candles, minute - candles);
        if (refused != null) {
            refused = ask("trades", minute - 2 * MINUTE, minute - MINUTE);
        }
        if (refused != null) {
            findings.notApplicable(ProtocolRule.HISTORY, "refused: " + refused);
        }
    }

    /** Returns why it is refused, or null. */
    private String ask(String channel, long from, long to) throws InterruptedException {
        String id = "check-history-" + channel;
        Map<String, Object> fields = new LinkedHashMap<>(subscription.command("history", id));
        fields.put("channel", channel);
        fields.put("from", from);
        fields.put("to", to);
        run.between(() -> run.events().history().asked(new Range(channel, subscription.symbol(), from, to)));
        SentCommands.Sent asked = run.send(fields);
        long seen;
        do {
            seen = run.events().history().count();
        } while (!run.await(() -> asked.answer() != null, trial.answerWait()) && working(seen));
        if (asked.answer() == null) {
            trial.noAnswer(ProtocolRule.HISTORY, "neither history_done nor an error answers history of " + channel);
        } else if (asked.answer().equals(Failure.TYPE)) {
            if (asked.code() == null || !CODES.contains(asked.code())) {
                trial.failed(
                        ProtocolRule.HISTORY,
                        "the error that answers history has the code " + asked.code() + ", must be one of " + CODES);
            }
            return asked.text();
        } else if (asked.answer().equals(HistoryDone.STATUS)) {
            findings.ok(
                    ProtocolRule.HISTORY,
                    run.events().history().count() + " events of " + channel + ", then history_done");
        } else {
            trial.failed(ProtocolRule.HISTORY, asked.answer() + " answers history, must be history_done");
        }
        return null;
    }

    /** Whether events of the answer come, or a heartbeat says that it is worked on. */
    private boolean working(long seen) {
        return run.process().alive()
                && !run.overdue()
                && (run.events().history().count() > seen
                        || run.events().statuses().historyWorks());
    }
}

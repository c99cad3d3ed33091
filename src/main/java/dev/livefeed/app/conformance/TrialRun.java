package dev.livefeed.app.conformance;

import dev.livefeed.app.process.ConnectorTrial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** One process of the check, from its start to its end: its lines go to the rules, and conditions are awaited. */
final class TrialRun implements AutoCloseable {

    private static final int MAX_LINE = 1 << 20;
    private static final long POLL_MILLIS = 50;
    private static final Pattern EVENT = Pattern.compile("\\s*\\{.*\"type\"\\s*:\\s*\"\\w+\".*}\\s*");

    private final TrialPlan plan;
    private final RuleFindings findings;
    private final Deadline deadline;
    private final SentCommands replies;
    private final EventRules events;
    private final Lines lines = new Lines();
    private final ConnectorTrial trial;
    private volatile String lastLog = "";
    private long incompleteMillis;

    /** @throws IOException if the program cannot be started */
    TrialRun(TrialPlan plan, RuleFindings findings, Deadline deadline, UnaryOperator<String> redact)
            throws IOException {
        this.plan = plan;
        this.findings = findings;
        this.deadline = deadline;
        this.replies = new SentCommands(findings);
        this.events = new EventRules(findings, plan.instruments(), replies);
        this.trial = ConnectorTrial.start(
                plan.command(), plan.workingDirectory(), plan.environment(), MAX_LINE, redact, lines);
    }

    ConnectorTrial process() {
        return trial;
    }

    SentCommands replies() {
        return replies;
    }

    EventRules events() {
        return events;
    }

    /** The last line of stderr, or empty. */
    String lastLog() {
        return lastLog;
    }

    /** Sends a command; what has no id is sent by {@link ConnectorTrial#send}. */
    SentCommands.Sent send(String id, String line) {
        synchronized (lines) {
            SentCommands.Sent command = replies.sent(id);
            trial.send(line);
            return command;
        }
    }

    /** Runs an action while no line is handled. */
    void between(Runnable action) {
        synchronized (lines) {
            action.run();
        }
    }

    /** Waits until the condition holds; false if time runs out or the process ends first. */
    boolean await(BooleanSupplier condition, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + deadline.within(wait).toNanos();
        synchronized (lines) {
            while (!condition.getAsBoolean()) {
                incompleteMillis = Math.max(incompleteMillis, trial.incompleteMillis());
                boolean over = !trial.alive() && lines.quiet();
                if (over || System.nanoTime() - until >= 0) {
                    return false;
                }
                lines.wait(POLL_MILLIS);
            }
        }
        return true;
    }

    /** Reads on for that time; false if the process ends. */
    boolean watch(Duration time) throws InterruptedException {
        await(() -> false, time);
        return trial.alive();
    }

    /** The longest time for which a line was not complete, in milliseconds. */
    long incompleteMillis() {
        return incompleteMillis;
    }

    /** Waits for the end; reports a status other than the expected one (-1: any), or none, as a failure of the rule. */
    void ends(ProtocolRule rule, String after, int expected) throws InterruptedException {
        long since = System.nanoTime();
        int status = trial.exit(deadline.within(plan.times().stop()));
        long millis = (System.nanoTime() - since) / 1_000_000;
        if (status < 0) {
            findings.failed(rule, "it still runs " + millis + " ms after " + after);
        } else if (expected >= 0 && status != expected) {
            findings.failed(
                    rule,
                    "it exited with status " + status + " after " + after,
                    lastLog.getBytes(StandardCharsets.UTF_8));
        } else {
            findings.ok(rule, "exit status " + status + " after " + millis + " ms");
        }
        if (status >= 0) {
            List<Long> left = trial.descendants();
            if (left.isEmpty()) {
                findings.ok(ProtocolRule.DESCENDANTS, "none is left");
            } else {
                findings.failed(ProtocolRule.DESCENDANTS, "after " + after + " these processes are left: " + left);
            }
        }
    }

    @Override
    public void close() {
        trial.close();
    }

    /** Hands each line to the rules. */
    private final class Lines implements ConnectorTrial.Listener {

        private long lastNanos = System.nanoTime();

        /** Whether the last line is so old that no further one is expected from a process that has ended. */
        private boolean quiet() {
            return System.nanoTime() - lastNanos > POLL_MILLIS * 4 * 1_000_000;
        }

        @Override
        public void line(byte[] line) {
            lastNanos = System.nanoTime();
            events.line(line);
            notifyAll();
        }

        @Override
        public void tooLong(long length, byte[] head) {
            events.tooLong(length, head);
        }

        @Override
        public void log(String line) {
            lastLog = line;
            if (EVENT.matcher(line).matches()) {
                findings.failed(ProtocolRule.STDERR, "an event came on stderr", line.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}

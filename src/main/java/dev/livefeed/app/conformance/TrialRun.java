package dev.livefeed.app.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.process.ConnectorTrial;
import dev.livefeed.protocol.codec.LineTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final long startedAt = System.nanoTime();
    private volatile String lastLog = "";
    private long incompleteMillis;
    private boolean ignored;

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
    SentCommands.Sent send(Map<String, Object> fields) {
        synchronized (lines) {
            SentCommands.Sent command = replies.sent(
                    (String) fields.get("id"), (String) fields.get("channel"), (String) fields.get("symbol"));
            trial.send(json(fields));
            return command;
        }
    }

    private static String json(Map<String, Object> fields) {
        try {
            return LineTree.MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Subscribes at once, as the application does: a connector may connect because of it. */
    Map<Subscription, SentCommands.Sent> subscribe() {
        Map<Subscription, SentCommands.Sent> asked = new LinkedHashMap<>();
        for (Subscription one : plan.subscriptions()) {
            between(() -> events.wanted().add(one));
            asked.put(one, send(one.command()));
        }
        return asked;
    }

    /** Whether it has shown that it works: a connection, an answer, or data. */
    boolean started() {
        return events.statuses().connected()
                || replies.answered() > 0
                || events.wanted().events() > 0;
    }

    /** The time for the whole check is over: nothing can be said about what has not come. */
    boolean overdue() {
        return deadline.over();
    }

    /** No further line is checked: the last one of a process that is ended may be cut. */
    void ignoreLines() {
        between(() -> ignored = true);
    }

    /** Time since the start, in milliseconds. */
    long millis() {
        return (System.nanoTime() - startedAt) / 1_000_000;
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
        if (status < 0 && overdue()) {
            return;
        }
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
            List<String> left = trial.descendants();
            if (left.isEmpty()) {
                findings.ok(ProtocolRule.DESCENDANTS, "none is left");
            } else {
                findings.failed(ProtocolRule.DESCENDANTS, "after " + after + " these processes are left: " + left);
            }
        }
    }

    @Override
    public void close() {
        ignoreLines();
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
            if (!ignored) {
                events.line(line);
            }
            notifyAll();
        }

        @Override
        public void tooLong(long length, byte[] head) {
            lastNanos = System.nanoTime();
            if (!ignored) {
                events.tooLong(length, head);
            }
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

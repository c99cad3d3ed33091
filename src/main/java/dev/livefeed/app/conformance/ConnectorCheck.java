package dev.livefeed.app.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Starts a connector four times and checks the rules: once with commands, once each for the end of stdin and SIGTERM,
 * and once with a setting that cannot work.
 */
public final class ConnectorCheck {

    private final TrialPlan plan;
    private final TrialPlan.TrialWaits times;
    private final UnaryOperator<String> redact;
    private final RuleFindings findings;
    private final Deadline deadline;

    /** @param redact removes secrets from lines */
    public ConnectorCheck(TrialPlan plan, UnaryOperator<String> redact) {
        this.plan = plan;
        this.times = plan.times();
        this.redact = redact;
        this.findings = new RuleFindings(redact);
        this.deadline = new Deadline(times.limit());
    }

    /** Runs all trials; a program that cannot be started breaks the first rule. */
    public RuleFindings run() throws InterruptedException {
        long since = System.nanoTime();
        try {
            if (commands()) {
                ends(ProtocolRule.END_OF_INPUT, "the end of stdin");
                ends(ProtocolRule.SIGTERM, "SIGTERM");
                badSettings();
            }
        } catch (IOException e) {
            findings.failed(ProtocolRule.STARTS, "it cannot be started: " + e.getMessage());
        }
        long limit = times.limit().toSeconds();
        if (deadline.over()) {
            findings.failed(ProtocolRule.TIME_LIMIT, "the check was not finished after " + limit + " s");
        } else {
            long seconds = (System.nanoTime() - since) / 1_000_000_000;
            findings.ok(ProtocolRule.TIME_LIMIT, seconds + " s of " + limit + " s");
        }
        return findings;
    }

    /** Returns whether it starts. */
    private boolean commands() throws IOException, InterruptedException {
        try (TrialRun run = new TrialRun(plan, findings, deadline, redact)) {
            return new CommandTrial(plan, findings, run).run();
        }
    }

    private void ends(ProtocolRule rule, String after) throws IOException, InterruptedException {
        if (deadline.over()) {
            return;
        }
        try (TrialRun run = new TrialRun(plan, findings, deadline, redact)) {
            run.subscribe();
            if (!run.await(run::started, times.start())) {
                if (!run.overdue()) {
                    findings.notApplicable(rule, "it does not connect a second time");
                }
            } else if (rule == ProtocolRule.SIGTERM) {
                run.ignoreLines();
                run.process().terminate();
                run.ends(rule, after, -1);
            } else {
                run.process().endInput();
                run.ends(rule, after, 0);
            }
        }
    }

    private void badSettings() throws IOException, InterruptedException {
        if (plan.badSettings().isEmpty()) {
            findings.notApplicable(
                    ProtocolRule.BAD_SETTINGS, "name a setting that cannot work: --bad-setting NAME=VALUE");
            return;
        }
        if (deadline.over()) {
            return;
        }
        Map<String, String> environment = new LinkedHashMap<>(plan.environment());
        environment.putAll(plan.badSettings());
        TrialPlan bad = new TrialPlan(
                plan.command(),
                plan.workingDirectory(),
                environment,
                Map.of(),
                plan.instruments(),
                plan.subscriptions(),
                times);
        try (TrialRun run = new TrialRun(bad, new RuleFindings(redact), deadline, redact)) {
            int status = run.process().exit(deadline.within(times.start()));
            if (status < 0 && run.overdue()) {
                return;
            }
            run.process().awaitLog();
            if (status == 78 && run.process().logLines() > 0) {
                findings.ok(ProtocolRule.BAD_SETTINGS, "exit status 78");
                return;
            }
            String seen = status < 0 ? "it runs" : "it exited with status " + status;
            findings.failed(
                    ProtocolRule.BAD_SETTINGS,
                    seen + " with " + plan.badSettings() + (status == 78 ? ", without a line on stderr" : ""),
                    run.lastLog().getBytes(StandardCharsets.UTF_8));
        }
    }
}

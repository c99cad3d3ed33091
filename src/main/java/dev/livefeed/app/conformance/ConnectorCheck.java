package dev.livefeed.app.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Starts a connector four times and checks the rules: once with commands, once each for the end of stdin and SIGTERM,
 * and once with a setting that cannot work.
 */
public final class ConnectorCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long FLUSH_MILLIS = 1_000;
    private static final Duration CANDLES = Duration.ofMinutes(5);

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
        try {
            if (commands()) {
                ends(ProtocolRule.END_OF_INPUT, "the end of stdin");
                ends(ProtocolRule.SIGTERM, "SIGTERM");
                badSettings();
            }
        } catch (IOException e) {
            findings.failed(ProtocolRule.STARTS, "it cannot be started: " + e.getMessage());
        }
        if (deadline.over()) {
            findings.failed(
                    ProtocolRule.STARTS,
                    "the check took longer than " + times.limit().toSeconds() + " s (--limit)");
        }
        return findings;
    }

    /** Returns whether it connects. */
    private boolean commands() throws IOException, InterruptedException {
        try (TrialRun run = new TrialRun(plan, findings, deadline, redact)) {
            boolean connected = connects(run);
            if (connected) {
                ping(run);
                List<Subscription> confirmed = subscribe(run);
                refusal(run);
                badCommands(run);
                history(run);
                if (watch(run)) {
                    resync(run, confirmed);
                    slowReader(run);
                    unsubscribe(run, confirmed);
                }
                stop(run);
            }
            run.between(() -> {
                run.events().end();
                findings.ok(ProtocolRule.ANSWERED_ONCE, run.replies().answered() + " commands");
                findings.ok(ProtocolRule.STDERR, "no event on stderr");
                flushed(run);
            });
            return connected;
        }
    }

    private boolean connects(TrialRun run) throws InterruptedException {
        long since = System.nanoTime();
        if (run.await(() -> run.events().statuses().connected(), times.start())) {
            findings.ok(ProtocolRule.STARTS, "connected after " + (System.nanoTime() - since) / 1_000_000 + " ms");
            return true;
        }
        String why = run.process().alive()
                ? "no status connected within " + times.start().toSeconds() + " s"
                : "it exited with status " + run.process().exit(Duration.ofSeconds(1)) + " before connected";
        findings.failed(ProtocolRule.STARTS, why, run.lastLog().getBytes(StandardCharsets.UTF_8));
        return false;
    }

    private void ping(TrialRun run) throws InterruptedException {
        SentCommands.Sent ping = run.send("check-ping", command("ping", "check-ping"));
        answered(run, ProtocolRule.PING, ping, "heartbeat", "ping");
    }

    private List<Subscription> subscribe(TrialRun run) throws InterruptedException {
        Map<Subscription, SentCommands.Sent> asked = new LinkedHashMap<>();
        for (Subscription one : plan.subscriptions()) {
            run.between(() -> run.events().wanted().add(one));
            asked.put(one, run.send(one.id(), json(one.command())));
        }
        run.await(() -> asked.values().stream().allMatch(command -> command.answer() != null), times.answer());
        Map<String, String> wrong = new TreeMap<>();
        List<Subscription> confirmed = asked.entrySet().stream()
                .filter(entry -> "subscribed".equals(entry.getValue().answer()))
                .map(Map.Entry::getKey)
                .toList();
        asked.forEach((one, command) -> {
            if (!"subscribed".equals(command.answer())) {
                run.between(() -> run.events().wanted().remove(one));
                String name = one.channel() + " of " + one.instrument().market();
                wrong.put(name, command.answer() == null ? "no answer" : command.answer() + " " + command.text());
            }
        });
        if (wrong.isEmpty()) {
            findings.ok(ProtocolRule.SUBSCRIBE, confirmed.size() + " subscriptions confirmed");
        } else {
            findings.failed(ProtocolRule.SUBSCRIBE, "not confirmed: " + wrong);
        }
        return confirmed;
    }

    private void refusal(TrialRun run) throws InterruptedException {
        Map<String, Object> fields =
                new LinkedHashMap<>(plan.subscriptions().get(0).command());
        fields.put("channel", "no-such-channel");
        fields.put("id", "check-refusal");
        answered(
                run,
                ProtocolRule.REFUSAL,
                run.send("check-refusal", json(fields)),
                Failure.TYPE,
                "a channel that is none");
    }

    private void badCommands(TrialRun run) throws InterruptedException {
        SentCommands.Sent unknown = run.send("check-unknown", command("no-such-command", "check-unknown"));
        answered(run, ProtocolRule.BAD_COMMAND, unknown, Failure.TYPE, "an unknown command");
        SentCommands.Sent incomplete = run.send("check-incomplete", command("subscribe", "check-incomplete"));
        answered(run, ProtocolRule.BAD_COMMAND, incomplete, Failure.TYPE, "a subscribe without channel and symbol");
        long[] before = new long[1];
        run.between(() -> {
            before[0] = run.replies().errorsWithoutId();
            run.process().send("this is no JSON");
        });
        if (!run.await(() -> run.replies().errorsWithoutId() > before[0], times.answer())) {
            findings.failed(ProtocolRule.BAD_COMMAND, gone(run, "no error answers a line that is no JSON"));
        }
    }

    private void answered(TrialRun run, ProtocolRule rule, SentCommands.Sent command, String answer, String what)
            throws InterruptedException {
        if (!run.await(() -> command.answer() != null, times.answer())) {
            findings.failed(rule, gone(run, "no answer to " + what));
        } else if (command.answer().equals(answer)) {
            findings.ok(rule, answer + " answers " + what);
        } else {
            findings.failed(rule, command.answer() + " answers " + what + ", must be " + answer);
        }
    }

    private static String gone(TrialRun run, String text) {
        return run.process().alive() ? text : text + ": the process has ended";
    }

    private void history(TrialRun run) throws InterruptedException {
        Subscription first = plan.subscriptions().get(0);
        Map<String, Object> fields = new LinkedHashMap<>(first.command("history", "check-history"));
        fields.put("channel", "kline.1m");
        long minute = System.currentTimeMillis() / 60_000 * 60_000;
        fields.put("from", minute - 2 * CANDLES.toMillis());
        fields.put("to", minute - CANDLES.toMillis());
        run.between(() -> run.events().history().asked());
        SentCommands.Sent asked = run.send("check-history", json(fields));
        if (!run.await(() -> asked.answer() != null, times.answer())) {
            findings.failed(ProtocolRule.HISTORY, gone(run, "neither history_done nor an error answers history"));
        } else if (asked.answer().equals(Failure.TYPE)) {
            findings.notApplicable(ProtocolRule.HISTORY, "refused: " + asked.text());
        } else {
            findings.ok(ProtocolRule.HISTORY, run.events().history().count() + " candles and " + asked.answer());
        }
    }

    /** Watches the data; false if the feed or the process ends. */
    private boolean watch(TrialRun run) throws InterruptedException {
        run.await(() -> run.events().statuses().ended(), times.watch());
        boolean goesOn = run.process().alive() && !run.events().statuses().ended();
        heartbeats(run);
        if (!goesOn) {
            String why = run.events().statuses().ended() ? "the recording has ended" : "the process has ended";
            findings.notApplicable(ProtocolRule.RESYNC, why);
            findings.notApplicable(ProtocolRule.SLOW_READER, why);
            findings.notApplicable(ProtocolRule.UNSUBSCRIBE, why);
        }
        return goesOn;
    }

    private void heartbeats(TrialRun run) {
        run.between(() -> {
            StatusRules statuses = run.events().statuses();
            long longest = statuses.heartbeatMillis();
            if (statuses.heartbeats() == 0) {
                findings.failed(
                        ProtocolRule.HEARTBEAT,
                        "no heartbeat within " + times.watch().toMillis() + " ms");
            } else if (longest > times.heartbeat().toMillis()) {
                findings.failed(ProtocolRule.HEARTBEAT, "no heartbeat for " + longest + " ms");
            } else {
                findings.ok(
                        ProtocolRule.HEARTBEAT,
                        statuses.heartbeats() + " heartbeats, at most " + longest + " ms without one");
            }
        });
    }

    private void resync(TrialRun run, List<Subscription> confirmed) throws InterruptedException {
        Subscription book = confirmed.stream()
                .filter(one -> Depth.carriedBy(one.channel()))
                .findFirst()
                .orElse(null);
        if (book == null) {
            findings.notApplicable(ProtocolRule.RESYNC, "no book is subscribed");
            return;
        }
        SentCommands.Sent asked = run.send("check-resync", json(book.command("resync", "check-resync")));
        if (!run.await(() -> asked.answer() != null, times.answer())) {
            findings.failed(ProtocolRule.RESYNC, gone(run, "no answer to resync"));
        } else if (asked.answer().equals(Failure.TYPE)) {
            findings.failed(ProtocolRule.RESYNC, "refused: " + asked.text());
        } else if (!run.await(() -> run.events().books().complete(book.instrument()), times.answer())) {
            findings.failed(ProtocolRule.RESYNC, gone(run, "no snapshot after " + asked.answer()));
        } else {
            findings.ok(ProtocolRule.RESYNC, asked.answer() + ", then a snapshot");
        }
    }

    /** Nothing is read for a time; then what has been held back comes, and the process goes on. */
    private void slowReader(TrialRun run) throws InterruptedException {
        long before = run.process().bytes();
        run.process().pause();
        run.watch(times.pause());
        long[] heartbeats = new long[1];
        run.between(() -> {
            heartbeats[0] = run.events().statuses().heartbeats();
            run.events().statuses().resumed();
            run.process().resume();
        });
        SentCommands.Sent ping = run.send("check-slow", command("ping", "check-slow"));
        if (run.await(() -> ping.answer() != null, times.answer())) {
            long bytes = run.process().bytes() - before;
            findings.ok(
                    ProtocolRule.SLOW_READER,
                    "answers again after " + times.pause().toMillis() + " ms without a reader, " + bytes + " bytes");
        } else {
            findings.failed(ProtocolRule.SLOW_READER, gone(run, "no answer after stdout was not read for a time"));
        }
    }

    private void unsubscribe(TrialRun run, List<Subscription> confirmed) throws InterruptedException {
        if (confirmed.isEmpty()) {
            findings.notApplicable(ProtocolRule.UNSUBSCRIBE, "nothing is subscribed");
            return;
        }
        Subscription first = confirmed.get(0);
        run.between(() -> run.events().wanted().leaving("check-unsubscribe", first));
        SentCommands.Sent asked =
                run.send("check-unsubscribe", json(first.command("unsubscribe", "check-unsubscribe")));
        answered(run, ProtocolRule.UNSUBSCRIBE, asked, "unsubscribed", "unsubscribe");
        run.watch(times.pause()); // what still comes of it is not subscribed
    }

    private void stop(TrialRun run) throws InterruptedException {
        if (!run.process().alive()) {
            if (run.events().statuses().ended()) {
                findings.notApplicable(ProtocolRule.STOP, "the recording has ended");
            } else {
                findings.failed(
                        ProtocolRule.STOP,
                        "it exited with status " + run.process().exit(Duration.ofSeconds(1)) + " before stop",
                        run.lastLog().getBytes(StandardCharsets.UTF_8));
            }
            return;
        }
        run.process().send("{\"command\":\"stop\"}");
        run.ends(ProtocolRule.STOP, "stop", 0);
    }

    private void flushed(TrialRun run) {
        if (run.incompleteMillis() > FLUSH_MILLIS) {
            findings.failed(
                    ProtocolRule.FLUSH,
                    "a line was incomplete for " + run.incompleteMillis() + " ms, as without a flush");
        } else {
            findings.ok(ProtocolRule.FLUSH, "no line was incomplete for more than " + FLUSH_MILLIS + " ms");
        }
    }

    private void ends(ProtocolRule rule, String after) throws IOException, InterruptedException {
        if (deadline.over()) {
            return;
        }
        try (TrialRun run = new TrialRun(plan, findings, deadline, redact)) {
            if (!run.await(() -> run.events().statuses().connected(), times.start())) {
                findings.notApplicable(rule, "it does not connect");
            } else if (rule == ProtocolRule.SIGTERM) {
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
            if (status == 78) {
                findings.ok(ProtocolRule.BAD_SETTINGS, "exit status 78");
            } else {
                findings.failed(
                        ProtocolRule.BAD_SETTINGS,
                        (status < 0 ? "it runs" : "it exited with status " + status) + " with " + plan.badSettings(),
                        run.lastLog().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String command(String name, String id) {
        return "{\"command\":\"" + name + "\",\"id\":\"" + id + "\"}";
    }

    private static String json(Map<String, Object> command) {
        try {
            return JSON.writeValueAsString(command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.livefeed.app.conformance;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The process that gets commands: each is sent, its answer awaited, and the data watched in between. */
final class CommandTrial {

    private static final long FLUSH_MILLIS = 1_000;
    /** More lines of stderr than this, in the mean of at least that time, are a flood. */
    private static final long LOG_LINES_PER_SECOND = 200;

    private static final long LOG_MILLIS = 2_000;
    /** Wait for an answer of a connector that has not answered twice. */
    private static final Duration SILENT = Duration.ofSeconds(2);

    private final TrialPlan.TrialWaits times;
    private final List<Subscription> subscriptions;
    private final RuleFindings findings;
    private final TrialRun run;
    private int unanswered;

    CommandTrial(TrialPlan plan, RuleFindings findings, TrialRun run) {
        this.times = plan.times();
        this.subscriptions = plan.subscriptions();
        this.findings = findings;
        this.run = run;
    }

    /** Returns whether it starts. */
    boolean run() throws InterruptedException {
        Map<Subscription, SentCommands.Sent> asked = run.subscribe();
        boolean started = starts();
        if (started) {
            ping();
            List<Subscription> confirmed = subscribed(asked);
            refusal();
            badCommands();
            new HistoryTrial(subscriptions.get(0), this, findings, run).run();
            if (watch()) {
                resync(confirmed);
                slowReader();
                unsubscribe(confirmed);
            }
            stop();
        }
        run.between(() -> {
            run.events().end();
            findings.ok(ProtocolRule.ANSWERED_ONCE, run.replies().answered() + " commands");
            flushed();
            stderr();
        });
        return started;
    }

    private boolean starts() throws InterruptedException {
        if (run.await(() -> run.events().statuses().connected(), times.start())) {
            findings.ok(ProtocolRule.STARTS, "connected after " + run.millis() + " ms");
            return true;
        }
        if (run.overdue()) {
            return false;
        }
        byte[] log = run.lastLog().getBytes(StandardCharsets.UTF_8);
        String within = " within " + times.start().toSeconds() + " s";
        if (!run.process().alive()) {
            findings.failed(ProtocolRule.STARTS, ended() + " before connected", log);
            return false;
        }
        long bytes = run.process().bytes();
        if (bytes > 0) {
            findings.failed(ProtocolRule.STARTS, "no status connected" + within, log);
            if (run.events().lines() == 0) {
                findings.failed(ProtocolRule.FLUSH, bytes + " bytes came" + within + ", without a line end");
            }
            return run.started();
        }
        findings.failed(ProtocolRule.STARTS, "nothing came on stdout" + within, log);
        run.process().endInput();
        run.await(() -> run.process().bytes() > 0, times.stop());
        if (run.process().bytes() == 0) {
            run.process().terminate();
            run.await(() -> run.process().bytes() > 0, times.stop());
        }
        if (run.process().bytes() > 0) {
            findings.failed(ProtocolRule.FLUSH, "lines came only when the process ended");
        }
        return false;
    }

    private String ended() throws InterruptedException {
        int status = run.process().exit(Duration.ofSeconds(1));
        return status < 0 ? "it closed stdout, which is its end, and still runs" : "it exited with status " + status;
    }

    private void ping() throws InterruptedException {
        answered(ProtocolRule.PING, run.send(command("ping", "check-ping")), Heartbeat.STATUS, "ping");
    }

    private List<Subscription> subscribed(Map<Subscription, SentCommands.Sent> asked) throws InterruptedException {
        run.await(() -> asked.values().stream().allMatch(command -> command.answer() != null), answerWait());
        Map<String, String> refused = new TreeMap<>();
        Map<String, String> wrong = new TreeMap<>();
        List<Subscription> confirmed = asked.entrySet().stream()
                .filter(entry -> Subscribed.STATUS.equals(entry.getValue().answer()))
                .map(Map.Entry::getKey)
                .toList();
        asked.forEach((one, command) -> {
            if (confirmed.contains(one)) {
                return;
            }
            String name = one.channel() + " of " + one.instrument().market();
            if (Failure.TYPE.equals(command.answer())) {
                run.between(() -> run.events().wanted().remove(one));
                refused.put(name, command.text());
            } else {
                wrong.put(name, command.answer() == null ? "no answer" : command.answer());
            }
        });
        String seen = confirmed.size() + " subscriptions confirmed";
        if (run.overdue()) {
            return confirmed;
        }
        unanswered += wrong.isEmpty() ? 0 : 1;
        if (!wrong.isEmpty()) {
            findings.failed(ProtocolRule.SUBSCRIBE, "not confirmed: " + wrong);
        } else if (confirmed.isEmpty()) {
            findings.failed(ProtocolRule.SUBSCRIBE, "all refused: " + refused + "; is SYMBOL one of its venue?");
        } else if (!refused.isEmpty()) {
            findings.ok(
                    ProtocolRule.SUBSCRIBE,
                    seen + ", refused: " + refused + ", which CONNECTOR_CHANNELS or SYMBOL must leave out");
        } else {
            findings.ok(ProtocolRule.SUBSCRIBE, seen);
        }
        return confirmed;
    }

    private void refusal() throws InterruptedException {
        Map<String, Object> fields = new LinkedHashMap<>(subscriptions.get(0).command("subscribe", "check-refusal"));
        fields.put("channel", "no-such-channel");
        answered(ProtocolRule.REFUSAL, run.send(fields), Failure.TYPE, "a channel that is none");
    }

    private void badCommands() throws InterruptedException {
        badCommand(run.send(command("no-such-command", "check-unknown")), "an unknown command");
        badCommand(run.send(command("subscribe", "check-incomplete")), "a subscribe without channel and symbol");
        for (String line : List.of("this is no JSON", "[\"ping\"]")) {
            long[] before = new long[1];
            run.between(() -> {
                before[0] = run.replies().errorsWithoutId();
                run.process().send(line);
            });
            if (!answer(() -> run.replies().errorsWithoutId() > before[0])) {
                failed(
                        ProtocolRule.BAD_COMMAND,
                        "no error with the code " + SentCommands.BAD_COMMAND + " answers the line " + line);
            }
        }
    }

    private void badCommand(SentCommands.Sent command, String what) throws InterruptedException {
        answered(ProtocolRule.BAD_COMMAND, command, Failure.TYPE, what);
        if (Failure.TYPE.equals(command.answer()) && !SentCommands.BAD_COMMAND.equals(command.code())) {
            failed(
                    ProtocolRule.BAD_COMMAND,
                    "the error that answers " + what + " has the code " + command.code() + ", must be "
                            + SentCommands.BAD_COMMAND);
        }
    }

    private void answered(ProtocolRule rule, SentCommands.Sent command, String answer, String what)
            throws InterruptedException {
        if (!answer(() -> command.answer() != null)) {
            failed(rule, "no answer to " + what);
        } else if (command.answer().equals(answer)) {
            findings.ok(rule, answer + " answers " + what);
        } else {
            failed(rule, command.answer() + " answers " + what + ", must be " + answer + reason(command));
        }
    }

    private static String reason(SentCommands.Sent command) {
        return Failure.TYPE.equals(command.answer()) ? " (" + command.text() + ')' : "";
    }

    /** Waits for an answer; for less time if earlier ones did not come. */
    private boolean answer(BooleanSupplier condition) throws InterruptedException {
        boolean came = run.await(condition, answerWait());
        unanswered += came ? 0 : 1;
        return came;
    }

    Duration answerWait() {
        return unanswered >= 2 && SILENT.compareTo(times.answer()) < 0 ? SILENT : times.answer();
    }

    /** Reports a command without an answer, unless the time of the check is over. */
    void noAnswer(ProtocolRule rule, String seen) {
        unanswered++;
        failed(rule, seen);
    }

    /** Reports a broken rule, unless the time of the check is over. */
    void failed(ProtocolRule rule, String seen) {
        if (!run.overdue()) {
            findings.failed(rule, run.process().alive() ? seen : seen + ": the process has ended, or closed stdout");
        }
    }

    /** Watches the data; false if the feed or the process ends. */
    private boolean watch() throws InterruptedException {
        run.await(() -> run.events().statuses().ended(), times.watch());
        if (run.overdue()) {
            return false;
        }
        boolean goesOn = run.process().alive() && !run.events().statuses().ended();
        heartbeats();
        if (!goesOn) {
            String why = run.events().statuses().ended() ? "the recording has ended" : "the process has ended";
            findings.notApplicable(ProtocolRule.RESYNC, why);
            findings.notApplicable(ProtocolRule.SLOW_READER, why);
            findings.notApplicable(ProtocolRule.UNSUBSCRIBE, why);
        }
        return goesOn;
    }

    private void heartbeats() {
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

    private void resync(List<Subscription> confirmed) throws InterruptedException {
        Subscription book = book(confirmed);
        if (book == null) {
            findings.notApplicable(ProtocolRule.RESYNC, "no book is subscribed");
            return;
        }
        SentCommands.Sent asked = run.send(book.command("resync", "check-resync"));
        if (!answer(() -> asked.answer() != null)) {
            failed(ProtocolRule.RESYNC, "no answer to resync");
        } else if (!asked.answer().equals(Resyncing.STATUS)) {
            failed(ProtocolRule.RESYNC, asked.answer() + " answers resync, must be resyncing" + reason(asked));
        } else if (!answer(() -> run.events().books().complete(book.instrument()))) {
            failed(ProtocolRule.RESYNC, "no snapshot after resyncing");
        } else {
            findings.ok(ProtocolRule.RESYNC, "resyncing, then a snapshot");
        }
    }

    /** The first book, or null. */
    private static Subscription book(List<Subscription> confirmed) {
        return confirmed.stream()
                .filter(one -> Depth.carriedBy(one.channel()))
                .findFirst()
                .orElse(null);
    }

    /** Nothing is read for a time; then what has been held back comes, and the process goes on. */
    private void slowReader() throws InterruptedException {
        long before = run.process().bytes();
        run.between(() -> run.events().delays().paused());
        run.process().pause();
        run.watch(times.pause());
        run.between(() -> {
            run.events().statuses().resumed();
            run.process().resume();
        });
        SentCommands.Sent ping = run.send(command("ping", "check-slow"));
        if (answer(() -> ping.answer() != null)) {
            long bytes = run.process().bytes() - before;
            findings.ok(
                    ProtocolRule.SLOW_READER,
                    "answers again after " + times.pause().toMillis() + " ms without a reader, " + bytes + " bytes");
        } else {
            failed(ProtocolRule.SLOW_READER, "no answer after stdout was not read for a time");
        }
    }

    private void unsubscribe(List<Subscription> confirmed) throws InterruptedException {
        if (confirmed.isEmpty()) {
            findings.notApplicable(ProtocolRule.UNSUBSCRIBE, "nothing is subscribed");
            return;
        }
        if (!leave(confirmed.get(0), "check-unsubscribe")) {
            return;
        }
        Subscription book = book(confirmed);
        boolean only = confirmed.stream()
                        .filter(one -> Depth.carriedBy(one.channel()))
                        .filter(one -> one.symbol().equals(book.symbol()))
                        .count()
                == 1;
        boolean useful = !findings.broken(ProtocolRule.RESYNC) && !findings.broken(ProtocolRule.ONLY_SUBSCRIBED);
        if (only && useful && run.process().alive()) {
            again(book, book == confirmed.get(0));
        }
    }

    private boolean leave(Subscription subscription, String id) throws InterruptedException {
        run.between(() -> run.events().wanted().leaving(id, subscription));
        SentCommands.Sent asked = run.send(subscription.command("unsubscribe", id));
        answered(ProtocolRule.UNSUBSCRIBE, asked, Unsubscribed.STATUS, "unsubscribe");
        run.watch(times.pause()); // what still comes of it is not subscribed
        return Unsubscribed.STATUS.equals(asked.answer());
    }

    /** A book begins with a snapshot whenever it is subscribed. */
    private void again(Subscription book, boolean left) throws InterruptedException {
        if (!left && !leave(book, "check-unsubscribe-book")) {
            return;
        }
        run.between(() -> {
            run.events().books().unsubscribed(book.symbol());
            run.events().wanted().add(book);
        });
        SentCommands.Sent asked = run.send(book.command("subscribe", "check-again"));
        if (!answer(() -> asked.answer() != null)) {
            failed(ProtocolRule.SUBSCRIBE, "no answer to subscribe of a book that was unsubscribed");
        } else if (!asked.answer().equals(Subscribed.STATUS)) {
            failed(
                    ProtocolRule.SUBSCRIBE,
                    asked.answer() + " answers subscribe of a book that was unsubscribed" + reason(asked));
        } else if (!answer(() -> run.events().books().complete(book.instrument()))) {
            failed(ProtocolRule.SUBSCRIBE, "no snapshot of a book that is subscribed again");
        }
    }

    private void stop() throws InterruptedException {
        if (run.overdue()) {
            return;
        }
        if (run.process().alive()) {
            run.process().send("{\"command\":\"stop\"}");
            run.ends(ProtocolRule.STOP, "stop", 0);
        } else if (run.events().statuses().ended()) {
            findings.notApplicable(ProtocolRule.STOP, "the recording has ended");
        } else {
            findings.failed(
                    ProtocolRule.STOP, ended() + " before stop", run.lastLog().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void flushed() {
        if (run.incompleteMillis() > FLUSH_MILLIS) {
            findings.failed(
                    ProtocolRule.FLUSH,
                    "a line was incomplete for " + run.incompleteMillis() + " ms, as without a line end or a flush");
        } else if (run.events().delays().buffered()) {
            findings.failed(
                    ProtocolRule.FLUSH,
                    "half of the lines came " + run.events().delays().medianMillis()
                            + " ms or more after their received_at, as without a flush");
        } else if (run.process().bytes() > 0) {
            findings.ok(ProtocolRule.FLUSH, "no line was incomplete for more than " + FLUSH_MILLIS + " ms");
        }
    }

    private void stderr() {
        long lines = run.process().logLines();
        long millis = Math.max(LOG_MILLIS, run.millis());
        if (lines * 1_000 / millis > LOG_LINES_PER_SECOND) {
            findings.failed(
                    ProtocolRule.STDERR,
                    lines + " lines came within " + millis / 1_000 + " s, more than " + LOG_LINES_PER_SECOND
                            + " a second",
                    run.lastLog().getBytes(StandardCharsets.UTF_8));
        } else {
            findings.ok(ProtocolRule.STDERR, lines + " lines, no event");
        }
    }

    private static Map<String, Object> command(String name, String id) {
        return Map.of("command", name, "id", id);
    }
}

package dev.livefeed.app.feed;

import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What the connector of a replay has reported, and its answers to commands. Thread-safe. */
public final class ReplayReports {

    private static final long NEVER = Long.MIN_VALUE;
    /** Commands that wait for their answer at a time. */
    private static final int MAX_WAITING = 4;

    private final LongSupplier millis;
    private final Map<String, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
    private volatile ReplayProgress last;
    /** What a new process goes on from: the last report of one before it. */
    private volatile ReplayProgress earlier;

    /** Whether the process has not yet said that it goes on from there: until then its reports are those of a start. */
    private boolean beginning;

    private volatile long resumedAt = NEVER;

    /**
     * The answer to a command.
     *
     * @param progress after it, or null if it was refused
     * @param refusal why it was not done, or null
     */
    public record Answer(ReplayProgress progress, Failure refusal) {}

    ReplayReports(LongSupplier millis) {
        this.millis = millis;
    }

    void started() {
        if (last != null && !beginning) {
            earlier = last;
        }
        beginning = earlier != null;
        last = null;
        resumedAt = NEVER;
    }

    /** No process runs: no command is answered any more. */
    void ended() {
        waiting.values().forEach(answer -> answer.cancel(false));
        waiting.clear();
    }

    void reported(ReplayProgress progress) {
        if (last != null && last.paused() && !progress.paused()) {
            resumedAt = millis.getAsLong();
        }
        last = progress;
        beginning = beginning && progress.id() == null && !goesOn(progress);
        answered(progress.id(), new Answer(progress, null));
    }

    /** Whether it is at the speed of the one before it, and paused if that was. */
    private boolean goesOn(ReplayProgress progress) {
        return (earlier.speed() == null || earlier.speed().equals(progress.speed()))
                && (!earlier.paused() || progress.paused());
    }

    void failed(Failure failure) {
        answered(failure.id(), new Answer(null, failure));
    }

    private void answered(String id, Answer answer) {
        CompletableFuture<Answer> asked = id == null ? null : waiting.remove(id);
        if (asked != null) {
            asked.complete(answer);
        }
    }

    /** The last report of the running process, or of the one that has ended; null if there is none. */
    public ReplayProgress last() {
        return last;
    }

    /** Milliseconds since the last pause ended: 0 in a pause, {@link Long#MAX_VALUE} if there was none. */
    long resumedMillis() {
        ReplayProgress now = last;
        if (now != null && now.paused()) {
            return 0;
        }
        long at = resumedAt;
        return at == NEVER ? Long.MAX_VALUE : Math.max(0, millis.getAsLong() - at);
    }

    /**
     * Expects the answer to a command that is about to be sent.
     *
     * @return completed with the answer, or cancelled if the process ends before; null if too many commands wait
     */
    public synchronized CompletableFuture<Answer> expect(String id) {
        if (waiting.size() >= MAX_WAITING) {
            return null;
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        return answer;
    }

    /** The answer to a command is no longer waited for. */
    public void forget(String id) {
        waiting.remove(id);
    }

    /** The commands that a new process needs to go on as the one before it: at its speed, and paused if it was. */
    public List<Map<String, Object>> restoring() {
        ReplayProgress before = earlier;
        List<Map<String, Object>> commands = new ArrayList<>();
        if (before != null && before.speed() != null) {
            commands.add(Map.of("command", "speed", "speed", before.speed()));
        }
        if (before != null && before.paused()) {
            commands.add(Map.of("command", "pause"));
        }
        return commands;
    }
}

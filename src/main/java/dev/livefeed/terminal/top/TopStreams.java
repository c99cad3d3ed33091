package dev.livefeed.terminal.top;

import dev.livefeed.terminal.EventSource;
import dev.livefeed.terminal.RunningProgram;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The streams that fill the model: one of all instruments, and one of the book and the past prices of the selected
 * instrument, which is opened again when another one is selected.
 */
final class TopStreams implements AutoCloseable {

    private static final List<String> OF_ALL = List.of("status", "health", "trades", "context");
    private static final List<String> OF_ONE = List.of("depth", "candles");
    private static final int PAST_CANDLES = 200;
    /** So that a key that is held down does not open a stream for each instrument on its way. */
    private static final long SETTLED_MILLIS = 150;

    private static final long REOPEN_MILLIS = 1_000;

    private final RunningProgram program;
    private final TopModel model;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final WatchedStream all;
    private WatchedStream one;
    private InstrumentName wanted;
    private InstrumentName followed;
    private long wantedSince;
    private long openedAt;

    /** @param symbols all if it is empty */
    TopStreams(RunningProgram program, List<String> symbols, TopModel model) {
        this.program = program;
        this.model = model;
        EventSource.Listener listener = new EventSource.Listener() {
            @Override
            public void connected(boolean again) {
                model.opened();
                opened.complete(null);
            }

            @Override
            public void lost(String reason, long pauseMillis) {
                model.lost(reason, pauseMillis);
            }
        };
        all = new WatchedStream(new EventSource(program, OF_ALL, symbols, listener), model::apply);
        all.end().whenComplete((nothing, failure) -> {
            if (failure != null) {
                opened.completeExceptionally(failure);
            }
        });
    }

    /**
     * Waits for the first connection; returns whether it is there.
     *
     * @throws EventSource.RefusedException if there will be none
     */
    boolean awaitOpen(long millis) throws EventSource.RefusedException, InterruptedException {
        try {
            opened.handle((nothing, failure) -> null).get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
        await(opened);
        return true;
    }

    /** @throws EventSource.RefusedException if the program refuses the stream now */
    void check() throws EventSource.RefusedException {
        if (all.end().isDone()) {
            await(all.end());
        }
    }

    private void await(CompletableFuture<Void> future) throws EventSource.RefusedException {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EventSource.RefusedException refused) {
                throw refused;
            }
            if (e.getCause() instanceof RuntimeException) {
                throw new EventSource.RefusedException(
                        program.address() + " has sent a message that top does not understand: " + e.getCause());
            }
            throw e;
        }
    }

    /** Follows the book of an instrument, once it has been wanted for a moment; null for none. */
    void follow(InstrumentName name) {
        long now = model.now();
        if (name == null || !name.equals(wanted)) {
            boolean first = wanted == null;
            wanted = name;
            wantedSince = first ? now - SETTLED_MILLIS : now;
        }
        if (wanted == null || now - wantedSince < SETTLED_MILLIS) {
            return;
        }
        if (!wanted.equals(followed) || broken() && now - openedAt > REOPEN_MILLIS) {
            open(wanted, now);
        }
    }

    /** Whether the stream must be opened again: a book with a missing update, or a refusal. */
    private boolean broken() {
        Detail detail = model.detail();
        synchronized (model) {
            return one.end().isDone() || detail.incomplete();
        }
    }

    private void open(InstrumentName name, long now) {
        if (one != null) {
            one.close();
        }
        followed = name;
        openedAt = now;
        Detail detail = model.follow(name);
        EventSource.Listener listener = new EventSource.Listener() {
            @Override
            public void connected(boolean again) {
                model.opened(detail);
            }

            @Override
            public void lost(String reason, long pauseMillis) {
                model.lost(detail, reason, pauseMillis);
            }
        };
        one = new WatchedStream(
                new EventSource(program, OF_ONE, List.of(name.key()), PAST_CANDLES, listener),
                message -> model.apply(detail, message));
        one.end().whenComplete((nothing, failure) -> {
            if (failure != null) {
                model.lost(detail, failure.getMessage(), REOPEN_MILLIS);
            }
        });
    }

    @Override
    public void close() {
        all.close();
        if (one != null) {
            one.close();
        }
    }
}

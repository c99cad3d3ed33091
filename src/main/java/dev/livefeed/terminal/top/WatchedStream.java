package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.terminal.EventSource;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads a stream of messages on a thread of its own until it is closed. */
final class WatchedStream implements AutoCloseable {

    private final EventSource source;
    private final Consumer<JsonNode> receiver;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    WatchedStream(EventSource source, Consumer<JsonNode> receiver) {
        this.source = source;
        this.receiver = receiver;
        Thread thread = new Thread(this::read, "top-stream");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            source.read((text, message) -> receiver.accept(message));
            end.complete(null);
        } catch (EventSource.RefusedException | IOException | RuntimeException | Error e) {
            end.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.complete(null);
        }
    }

    /** Completes with the failure that has ended it, or when it was closed. */
    CompletableFuture<Void> end() {
        return end;
    }

    @Override
    public void close() {
        source.close();
    }
}

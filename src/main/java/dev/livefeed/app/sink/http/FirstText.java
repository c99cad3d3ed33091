package dev.livefeed.app.sink.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The beginning of a body as one line of text. The rest is read up to a limit, so that the connection can be used
 * again, and then cut off.
 */
final class FirstText implements BodySubscriber<String> {

    private static final int MAX_TEXT = 300;
    private static final int MAX_READ = 64 * 1024;

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private Subscription subscription;
    private int read;

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Subscription body) {
        subscription = body;
        body.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            read += part.remaining();
            byte[] bytes = new byte[Math.min(part.remaining(), MAX_TEXT - first.size())];
            part.get(bytes);
            first.writeBytes(bytes);
        }
        if (read > MAX_READ) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(
                first.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip()
                        + (read > first.size() ? "…" : ""));
    }
}

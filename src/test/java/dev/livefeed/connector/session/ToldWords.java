package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.Host;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Records what the network tells, as words. */
final class ToldWords implements NetworkFeed, Host {

    final List<String> words = new CopyOnWriteArrayList<>();
    private final TimeSource time;
    private final Outbox outbox;

    ToldWords(TimeSource time) {
        this.time = time;
        this.outbox = new Outbox(new RecordedLines(time::micros), "test", Outbox.Limits.DEFAULT);
    }

    void await(String word) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(words)
                .contains(word));
    }

    @Override
    public void opened(int link, boolean synthetic) {
        words.add("opened " + link + ' ' + synthetic);
    }

    @Override
    public void frame(int link, byte[] bytes, int offset, int length, long receivedAt) {
        assertThat(receivedAt).isEqualTo(time.micros());
        words.add("frame " + link + ' ' + new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void pong(int link) {
        words.add("pong " + link);
    }

    @Override
    public void closed(int link, String reason, int httpStatus) {
        words.add("closed " + link + ' ' + httpStatus + ' ' + reason);
    }

    @Override
    public void answered(int request, HttpAnswer answer) {
        words.add("answered " + request + ' ' + answer.status() + ' ' + answer.resetAtMillis() + ' '
                + new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void unanswered(int request, String reason) {
        words.add("unanswered " + request + ' ' + reason);
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public void end(int exitCode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void crash(Throwable bug) {
        words.add("crash " + bug);
    }

    @Override
    public void start() {}

    @Override
    public void command(Command command) {}

    @Override
    public void commandsDone() {}

    @Override
    public void tick() {}

    @Override
    public void stop() {}

    @Override
    public Map<String, Object> figures() {
        return Map.of();
    }
}

package dev.livefeed.bench.drills.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which event of the numbered feed is due when: the truth needs no memory, and a process that is started again knows
 * what was missed. Every fourth event is a change of the book, the others are trades; each kind is numbered from 0.
 *
 * @param beganMicros time of the first event, microseconds since 1970
 * @param rate events per second
 */
public record FeedTime(long beganMicros, int rate) {

    private static final String FILE = "feed-began";
    private static final int GROUP = 4;

    static FeedTime start(Path folder, int rate) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            Path draft = folder.resolve(FILE + ".new");
            Files.writeString(draft, Long.toString(nowMicros()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return read(folder, rate);
    }

    public static FeedTime read(Path folder, int rate) throws IOException {
        return new FeedTime(Long.parseLong(Files.readString(folder.resolve(FILE))), rate);
    }

    public static long nowMicros() {
        return System.currentTimeMillis() * 1_000;
    }

    /** Number of events that are due until a time. */
    long eventsUntil(long micros) {
        return Math.max(0, micros - beganMicros) * rate / 1_000_000;
    }

    /** Number of trades that are due until a time. */
    public long tradesUntil(long micros) {
        return tradesBefore(eventsUntil(micros));
    }

    long micros(long event) {
        return beganMicros + event * 1_000_000 / rate;
    }

    static boolean isBook(long event) {
        return event % GROUP == GROUP - 1;
    }

    /** Number of trades among the first events. */
    static long tradesBefore(long events) {
        return events / GROUP * (GROUP - 1) + Math.min(events % GROUP, GROUP - 1);
    }

    /** Number of changes of the book among the first events. */
    static long booksBefore(long events) {
        return events / GROUP;
    }

    /** The event that is the trade with a number. */
    static long eventOfTrade(long number) {
        return number / (GROUP - 1) * GROUP + number % (GROUP - 1);
    }
}

package dev.livefeed.bench.drills.feed;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * A connector whose trades and changes of the book of {@code BTCUSDT} are numbered. Started again, it sends the trades
 * that were missed, or announces those that it no longer has, as a connector of an exchange does. Ends its feed when a
 * file {@code enough} appears; then the file {@code last} holds the numbers of trades, books and bad lines.
 */
public final class NumberedFeed {

    public static final String ENOUGH = "enough";
    public static final String LAST = "last";
    /** Before phase n of a plan (from 0), a feed of hostile lines waits for the file of this name and n. */
    public static final String PHASE = "phase-";

    /** In the hostile phase {@code mixed} every tenth line is good. */
    public static final int GOOD_EACH = 10;

    /** What an exchange keeps of past trades; at every tenth start only the second number. */
    private static final long KEPT = 100_000;

    private static final long KEPT_RARELY = 500;
    private static final int RARELY = 10;
    private static final long FIRST_UPDATE = 1_000_000_000L;
    private static final int MOST_AT_ONCE = 5_000;
    private static final long HEARTBEAT_NANOS = 500_000_000;
    private static final Path FOLDER = Path.of("");
    private static final String IDENTITY = "\"symbol\":\"BTCUSDT\",\"category\":\"linear\"";

    private final FeedOptions options;
    private final FeedCommands commands = new FeedCommands();
    private final OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    private long heartbeatAt;
    private long trades;
    private long books;
    private long bad;

    private NumberedFeed(FeedOptions options) {
        this.options = options;
    }

    /** @param args {@link FeedOptions} */
    public static void main(String[] args) throws Exception {
        NumberedFeed feed = new NumberedFeed(FeedOptions.of(args));
        feed.commands.start();
        feed.print("{\"type\":\"status\",\"status\":\"connected\"}");
        while (feed.commands.resume() == null) {
            feed.idle();
        }
        if (!feed.options.plan().isEmpty()) {
            feed.hostile();
        } else if (feed.options.rate() == 0) {
            feed.flood();
        } else {
            feed.steady(FeedTime.start(FOLDER, feed.options.rate()));
        }
        feed.end();
    }

    private void steady(FeedTime time) throws IOException, InterruptedException {
        long begin = FeedTime.nowMicros();
        long next = resume(time, begin);
        long repairedBefore = time.eventsUntil(begin);
        while (!Files.exists(FOLDER.resolve(ENOUGH))) {
            long due = Math.min(time.eventsUntil(FeedTime.nowMicros()), next + MOST_AT_ONCE);
            for (; next < due; next++) {
                if (!FeedTime.isBook(next)) {
                    trade(FeedTime.tradesBefore(next), time.micros(next), next < repairedBefore);
                } else if (next >= repairedBefore) {
                    book(FeedTime.booksBefore(next), time.micros(next));
                }
            }
            idle();
        }
        trades = FeedTime.tradesBefore(next);
        books = FeedTime.booksBefore(next);
    }

    /** Announces what is no longer kept; returns the next event. */
    private long resume(FeedTime time, long nowMicros) throws IOException {
        FeedCommands.Resume from = commands.resume();
        if (from.sinceMicros() == FeedCommands.Resume.NONE) {
            return 0;
        }
        long first = from.lastKnown() == FeedCommands.Resume.NONE
                ? FeedTime.tradesBefore(time.eventsUntil(from.sinceMicros()))
                : from.lastKnown() + 1;
        long end = time.tradesUntil(nowMicros);
        long kept = Math.max(first, end - (start() % RARELY == 0 ? KEPT_RARELY : KEPT));
        if (kept > first) {
            print("{\"type\":\"status\",\"status\":\"gap\",\"channel\":\"trades\"," + IDENTITY + ",\"from\":\""
                    + instant(time, first) + "\",\"to\":\"" + instant(time, kept - 1) + "\",\"count\":" + (kept - first)
                    + ",\"reason\":\"the made exchange keeps no more\"}");
        }
        return FeedTime.eventOfTrade(kept);
    }

    private static Instant instant(FeedTime time, long trade) {
        long micros = time.micros(FeedTime.eventOfTrade(trade));
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    /** The number of this start, from 1 on. */
    private static long start() throws IOException {
        Path file = FOLDER.resolve("feed-starts");
        long starts = (Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0) + 1;
        Files.writeString(file, Long.toString(starts));
        return starts;
    }

    private void flood() throws IOException, InterruptedException {
        while (!Files.exists(FOLDER.resolve(ENOUGH))) {
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                trade(trades++, FeedTime.nowMicros(), false);
            }
            beat();
        }
    }

    private void hostile() throws IOException, InterruptedException {
        HostileLines lines = new HostileLines(options.seed());
        String[] phases = options.plan().split(",");
        for (int i = 0; i < phases.length; i++) {
            while (!Files.exists(FOLDER.resolve(PHASE + i))) {
                idle();
            }
            String kind = phases[i].split(":")[0];
            long count = Long.parseLong(phases[i].split(":")[1]);
            for (long line = 0; line < count; line++) {
                if (kind.equals("good") || (kind.equals("mixed") && line % GOOD_EACH == 0)) {
                    trade(trades++, FeedTime.nowMicros(), false);
                } else {
                    out.write(kind.equals("mixed") ? lines.next() : lines.small());
                    out.write('\n');
                    bad++;
                }
                if (line % MOST_AT_ONCE == 0) {
                    beat();
                }
            }
            trade(trades++, FeedTime.nowMicros(), false);
        }
        while (!Files.exists(FOLDER.resolve(ENOUGH))) {
            idle();
        }
    }

    private void end() throws IOException, InterruptedException {
        out.flush();
        Path draft = FOLDER.resolve(LAST + ".new");
        Files.writeString(draft, trades + " " + books + " " + bad);
        Files.move(draft, FOLDER.resolve(LAST), StandardCopyOption.ATOMIC_MOVE);
        while (true) {
            idle();
        }
    }

    private void idle() throws IOException, InterruptedException {
        beat();
        out.flush();
        Thread.sleep(2);
    }

    private void beat() throws IOException {
        for (String answer = commands.answer(); answer != null; answer = commands.answer()) {
            print(answer);
        }
        if (System.nanoTime() - heartbeatAt > HEARTBEAT_NANOS) {
            print("{\"type\":\"status\",\"status\":\"heartbeat\"}");
            heartbeatAt = System.nanoTime();
        }
    }

    private void trade(long number, long micros, boolean repaired) throws IOException {
        if (options.lose() > 0 && number % options.lose() == options.lose() - 1) {
            return;
        }
        String digits = Long.toString(number);
        print("{\"type\":\"trade\",\"timestamp\":" + millis(micros) + ',' + IDENTITY + ",\"price\":\""
                + (100 + number % 10) + ".50\",\"qty\":\"0.010\",\"side\":\""
                + (number % 2 == 0 ? "buy" : "sell") + "\",\"id\":\""
                + "0".repeat(12 - digits.length()) + digits + "\",\"received_at\":" + FeedTime.nowMicros()
                + (repaired ? ",\"repaired\":true" : "") + '}');
    }

    private void book(long number, long micros) throws IOException {
        long update = FIRST_UPDATE + number;
        boolean snapshot = commands.takeSnapshotWanted();
        print("{\"type\":\"depth\",\"timestamp\":" + millis(micros) + ',' + IDENTITY + ",\"snapshot\":" + snapshot
                + ",\"last_update_id\":" + update + (snapshot ? "" : ",\"prev_update_id\":" + (update - 1))
                + ",\"bids\":[[99.50," + (1_000 + number % 7) + "]],\"asks\":"
                + (snapshot ? "[[110.50,1000]]" : "[]") + ",\"received_at\":" + FeedTime.nowMicros() + '}');
    }

    private static String millis(long micros) {
        return micros / 1_000 + "." + (micros % 1_000 + 1_000 + "").substring(1);
    }

    private void print(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
    }
}

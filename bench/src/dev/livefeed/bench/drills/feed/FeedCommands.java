package dev.livefeed.bench.drills.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the commands of the application on a thread of its own; the feed ends with stdin or with {@code stop}. */
final class FeedCommands {

    private static final Pattern FIELD = Pattern.compile("\"(command|channel|symbol|category|id|since)\":\"([^\"]*)\"");
    private static final Pattern KNOWN = Pattern.compile("\"known\":\\[([^]]*)]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Where trades begin. */
    record Resume(long sinceMicros, long lastKnown) {

        static final long NONE = -1;
    }

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private volatile Resume resume;
    private volatile boolean snapshotWanted = true;

    void start() {
        Thread reader = new Thread(this::read, "commands");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && command(line); line = in.readLine()) {
                // Until the end, or stop.
            }
        } catch (IOException e) {
            // As the end.
        }
        Runtime.getRuntime().halt(0);
    }

    private boolean command(String line) {
        String command = "";
        String channel = "";
        String since = "";
        StringBuilder echoed = new StringBuilder();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            switch (field.group(1)) {
                case "command" -> command = field.group(2);
                case "since" -> since = field.group(2);
                default -> {
                    channel = field.group(1).equals("channel") ? field.group(2) : channel;
                    echoed.append(',').append(field.group());
                }
            }
        }
        switch (command) {
            case "stop" -> {
                return false;
            }
            case "subscribe" -> {
                answers.add("{\"type\":\"status\",\"status\":\"subscribed\"" + echoed + '}');
                if (channel.equals("trades")) {
                    resume = new Resume(since.isEmpty() ? Resume.NONE : micros(since), lastKnown(line));
                }
            }
            case "resync" -> {
                answers.add("{\"type\":\"status\",\"status\":\"resyncing\"" + echoed + '}');
                snapshotWanted = true;
            }
            case "ping" -> answers.add("{\"type\":\"status\",\"status\":\"heartbeat\"" + echoed + '}');
            default -> answers.add("{\"type\":\"error\",\"error\":\"not supported\"" + echoed + '}');
        }
        return true;
    }

    private static long micros(String instant) {
        Instant at = Instant.parse(instant);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    private static long lastKnown(String line) {
        Matcher known = KNOWN.matcher(line);
        long last = Resume.NONE;
        if (known.find()) {
            Matcher id = NUMBER.matcher(known.group(1));
            while (id.find()) {
                last = Math.max(last, Long.parseLong(id.group()));
            }
        }
        return last;
    }

    /** Where trades begin; null until they are subscribed. */
    Resume resume() {
        return resume;
    }

    /** Whether the next change of the book is to be a snapshot; asked by one thread. */
    boolean takeSnapshotWanted() {
        boolean wanted = snapshotWanted;
        snapshotWanted = false;
        return wanted;
    }

    /** The next answer, or null. */
    String answer() {
        return answers.poll();
    }
}

package dev.livefeed.app.feed;

import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.codec.InvalidReason;
import dev.livefeed.protocol.model.AccountEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lines that could not be used. All are counted by reason; the last ones are kept for inspection. */
public final class DeadLetters {

    /** A line that could not be used. */
    public record Letter(String at, String reason, String message, String line) {}

    /** A step of a route failed. */
    public static final String STEP_FAILED = "step-failed";

    /** The line could not be given to a route. */
    public static final String NO_ROUTE = "no-route";
    /** The route that held the line was replaced, but the step did not return. */
    public static final String STEP_ABANDONED = "step-abandoned";
    /** The process has ended, and the routes did not accept its last lines in time. */
    public static final String NOT_ROUTED = "not-routed";

    private static final int KEPT = 100;
    private static final int MAX_TEXT = 500;
    private static final int MAX_REASONS = 100;

    /** A row of the user's account; its content is not shown. */
    private static final Pattern PRIVATE =
            Pattern.compile("\"type\"\\s*:\\s*\"(" + String.join("|", AccountEvent.TYPES) + ")\"");

    private static final Pattern PRIVATE_ROW = Pattern.compile("\\{" + PRIVATE.pattern() + ".*", Pattern.DOTALL);

    private final UnaryOperator<String> redact;
    private final Deque<Letter> last = new ArrayDeque<>();
    private final Map<String, Long> byReason = new TreeMap<>();
    private long total;
    private volatile Consumer<String> listener = reason -> {};

    public DeadLetters(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    /** All reasons that the application itself gives. */
    public static List<String> reasons() {
        return Stream.concat(
                        Arrays.stream(InvalidReason.values()).map(InvalidReason::toString),
                        Stream.of(STEP_FAILED, NO_ROUTE, NOT_ROUTED, STEP_ABANDONED))
                .toList();
    }

    /**
     * Sets the listener, which is called once per reason, at its first dead letter; with {@code other} for all reasons
     * beyond the first {@value #MAX_REASONS}.
     */
    public void onReason(Consumer<String> newListener) {
        listener = newListener;
    }

    /**
     * Adds a line that could not be used.
     *
     * @param line the bytes that are available; may be null
     * @param reason a fixed word, used as a metric label
     * @param message readable details
     * @return the letter as stored: cut to a bounded length, without secrets
     */
    public Letter add(byte[] line, String reason, String message) {
        Matcher privately = PRIVATE.matcher(line == null ? "" : new String(line, StandardCharsets.ISO_8859_1));
        if (privately.find()) {
            String hidden = "a private row of type " + privately.group(1) + ", " + line.length + " bytes: not shown";
            return keep(reason, PRIVATE_ROW.matcher(message).replaceAll("(the row)"), hidden);
        }
        String text = line == null ? "" : new String(line, 0, Math.min(line.length, MAX_TEXT), StandardCharsets.UTF_8);
        if (line != null && line.length > MAX_TEXT) {
            text += "… (" + line.length + " bytes)";
        }
        return keep(reason, message, text);
    }

    private Letter keep(String reason, String message, String text) {
        Letter letter = new Letter(Instant.now().toString(), reason, oneLine(message), oneLine(text));
        String group;
        boolean first;
        synchronized (this) {
            total++;
            group = group(reason);
            first = byReason.merge(group, 1L, Long::sum) == 1;
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(letter);
        }
        if (first) {
            listener.accept(group);
        }
        return letter;
    }

    private String oneLine(String text) {
        return OneLine.of(redact.apply(text));
    }

    private String group(String reason) {
        return byReason.size() < MAX_REASONS || byReason.containsKey(reason) ? reason : "other";
    }

    /** Number of letters of a reason. Reasons beyond the first hundred are counted together. */
    public synchronized long count(String reason) {
        return byReason.getOrDefault(group(reason), 0L);
    }

    public synchronized long total() {
        return total;
    }

    /** Number of letters per reason. */
    public synchronized Map<String, Long> byReason() {
        return new LinkedHashMap<>(byReason);
    }

    /** The last letters, oldest first. */
    public synchronized List<Letter> last() {
        return List.copyOf(last);
    }
}

package dev.livefeed.sinks;

import java.util.HashMap;
import java.util.Map;

/** What {@code doc/SINKS.md} tells a reader to do: skip what is not beyond the last run and number of its key. */
final class OnceFilter {

    private record Position(long run, long number) {}

    private final Map<String, Position> last = new HashMap<>();
    private long repeated;

    /** Whether a line was not seen before. */
    boolean isNew(String key, long run, long number) {
        Position before = last.get(key);
        if (before != null && (run < before.run || run == before.run && number <= before.number)) {
            repeated++;
            return false;
        }
        last.put(key, new Position(run, number));
        return true;
    }

    /** How many lines were skipped. */
    long repeated() {
        return repeated;
    }
}

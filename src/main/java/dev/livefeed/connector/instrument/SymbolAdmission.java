package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds commands until it is known whether the venue has their symbol, or a time limit has passed. Commands of one
 * category stay in order.
 */
public final class SymbolAdmission {

    private static final int MOST_WAITING = 10_000;

    private final InstrumentDirectory directory;
    private final Consumer<Command> admit;
    private final Map<String, Deque<Waiting>> waiting = new LinkedHashMap<>();

    private record Waiting(Command command, VenueCategory category) {}

    /** @param admit receives a command that was held; it may be held again */
    public SymbolAdmission(InstrumentDirectory directory, Consumer<Command> admit) {
        this.directory = directory;
        this.admit = admit;
    }

    /** Whether the command is held. */
    public boolean keeps(Command command, VenueCategory category) {
        String group = category.listedWith(command.symbol());
        String key = group == null ? category.text() : category + " " + group;
        Deque<Waiting> queue = waiting.get(key);
        if (queue == null) {
            if (command.kind() != Command.Kind.SUBSCRIBE || !directory.awaited(category, command.symbol())) {
                return false;
            }
            queue = new ArrayDeque<>();
            waiting.put(key, queue);
        } else if (queue.size() >= MOST_WAITING) {
            release(key);
            return false;
        }
        queue.add(new Waiting(command, category));
        return true;
    }

    /** Admits commands that need not wait any longer. */
    public void tick() {
        for (String key : List.copyOf(waiting.keySet())) {
            // Each is asked for, so that all unknown symbols are looked up at the same time.
            long awaited = waiting.get(key).stream()
                    .filter(one ->
                            directory.awaited(one.category(), one.command().symbol()))
                    .count();
            if (awaited == 0) {
                release(key);
            }
        }
    }

    private void release(String key) {
        Deque<Waiting> queue = waiting.remove(key);
        queue.forEach(one -> admit.accept(one.command()));
    }
}

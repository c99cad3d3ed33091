package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.Contracts;
import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps commands back until it is known whether the venue has their symbol, or the time for that is over; those of
 * one category stay in their order.
 */
public final class SymbolAdmission {

    private static final int MOST_WAITING = 10_000;

    private final InstrumentDirectory catalogue;
    private final Consumer<Command> admit;
    private final Map<String, Deque<Waiting>> waiting = new LinkedHashMap<>();

    private record Waiting(Command command, Category category) {}

    /** @param admit takes a command that waited; it may be kept back again */
    public SymbolAdmission(InstrumentDirectory catalogue, Consumer<Command> admit) {
        this.catalogue = catalogue;
        this.admit = admit;
    }

    /** Whether the command is kept back. */
    public boolean keeps(Command command, Category category) {
        String key =
                category == Category.OPTION ? category + " " + Contracts.baseCoin(command.symbol()) : category.text();
        Deque<Waiting> queue = waiting.get(key);
        if (queue == null) {
            if (command.kind() != Command.Kind.SUBSCRIBE || !catalogue.awaited(category, command.symbol())) {
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

    /** Admits what need not wait any longer. */
    public void tick() {
        for (String key : List.copyOf(waiting.keySet())) {
            Waiting first = waiting.get(key).peek();
            if (first == null
                    || !catalogue.awaited(first.category(), first.command().symbol())) {
                release(key);
            }
        }
    }

    private void release(String key) {
        Deque<Waiting> queue = waiting.remove(key);
        queue.forEach(one -> admit.accept(one.command()));
    }
}

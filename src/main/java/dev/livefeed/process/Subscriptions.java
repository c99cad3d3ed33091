package dev.livefeed.process;

import dev.livefeed.event.Failure;
import dev.livefeed.event.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The subscriptions the application wants. They live here, outside any process, and are asked for after every start; a
 * restart forgets what the last process answered.
 */
public final class Subscriptions {

    private final Map<String, Subscription> wanted = new LinkedHashMap<>();
    private final LastTrades lastTrades;

    /** @param channels in the order in which they are asked for, for each symbol */
    public Subscriptions(List<String> symbols, List<String> channels) {
        this(symbols, channels, new LastTrades());
    }

    /**
     * @param channels in the order in which they are asked for, for each symbol
     * @param lastTrades where a new process is to go on
     */
    public Subscriptions(List<String> symbols, List<String> channels, LastTrades lastTrades) {
        this.lastTrades = lastTrades;
        int n = 0;
        for (String symbol : symbols) {
            for (String channel : channels) {
                String id = "sub-" + ++n;
                wanted.put(
                        key(channel, symbol), new Subscription(channel, symbol, id, Subscription.State.WANTED, null));
            }
        }
    }

    /** The commands for a process that has just started; from now on they count as asked. */
    public synchronized List<Map<String, Object>> ask() {
        wanted.replaceAll((key, s) -> s.in(Subscription.State.ASKED, null));
        return wanted.values().stream().map(this::command).toList();
    }

    private Map<String, Object> command(Subscription subscription) {
        Map<String, Object> command = subscription.command();
        if (subscription.channel().equals("trades")) {
            command.putAll(lastTrades.fields(subscription.symbol()));
        }
        return command;
    }

    /** The process is gone: nothing is subscribed any more. */
    public synchronized void forget() {
        wanted.replaceAll((key, s) -> s.in(Subscription.State.WANTED, null));
    }

    /** Takes {@code subscribed} and {@code unsubscribed} from the stream; other states change nothing. */
    public synchronized void status(Status status) {
        if (status.status().equals(Status.SUBSCRIBED)) {
            change(status.id(), status.channel(), status.symbol(), Subscription.State.CONFIRMED, null);
        } else if (status.status().equals(Status.UNSUBSCRIBED)) {
            change(status.id(), status.channel(), status.symbol(), Subscription.State.REFUSED, "unsubscribed");
        }
    }

    /** Takes a refusal from the stream; a failure that is about no subscription changes nothing. */
    public synchronized void failure(Failure failure) {
        if (failure.id() != null || (failure.channel() != null && failure.symbol() != null)) {
            change(failure.id(), failure.channel(), failure.symbol(), Subscription.State.REFUSED, failure.error());
        }
    }

    /** A copy of all, in their order. */
    public synchronized List<Subscription> all() {
        return new ArrayList<>(wanted.values());
    }

    private void change(String id, String channel, String symbol, Subscription.State state, String reason) {
        Predicate<Subscription> meant = id != null
                ? s -> s.id().equals(id)
                : s -> s.channel().equals(channel) && s.symbol().equals(symbol);
        wanted.replaceAll((key, s) -> meant.test(s) ? s.in(state, reason) : s);
    }

    private static String key(String channel, String symbol) {
        return channel + ' ' + symbol;
    }
}

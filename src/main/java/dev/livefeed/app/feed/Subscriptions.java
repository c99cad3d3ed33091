package dev.livefeed.app.feed;

import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The subscriptions that the application wants. They are kept outside the connector process and sent again after every
 * start; the replies of the previous process are discarded.
 */
public final class Subscriptions {

    private static final String REFUSED = "refused";

    private final Map<String, Subscription> wanted = new LinkedHashMap<>();
    private final Instruments instruments;
    private final LastTrades lastTrades;
    /** Wanted instruments that have ended, with the reason. A new process may refuse what it does not know. */
    private final Map<InstrumentId, String> ended = new HashMap<>();

    private final SubscriptionReplies replies = new SubscriptionReplies();
    private Supplier<List<Map<String, Object>>> before = List::of;
    /** Ids of unsubscribe commands without a reply. */
    private final Set<String> leaving = new HashSet<>();

    private long ids;
    private long resyncs;
    /** Whether the running connector has confirmed one of them. */
    private boolean confirms;

    /** @param channels in subscription order, for each instrument */
    public Subscriptions(Instruments instruments, List<String> channels) {
        this(instruments, channels, new LastTrades(instruments.configured()));
    }

    /**
     * @param channels in subscription order, for each instrument
     * @param lastTrades where a new process resumes
     */
    public Subscriptions(Instruments instruments, List<String> channels, LastTrades lastTrades) {
        this.instruments = instruments;
        this.lastTrades = lastTrades;
        instruments.configured().forEach(instrument -> channels.forEach(channel -> add(channel, instrument)));
    }

    private Subscription add(String channel, InstrumentId instrument) {
        String id = "sub-" + ++ids;
        Subscription added = new Subscription(channel, instrument, id, Subscription.State.WANTED, null, Set.of());
        wanted.put(key(channel, instrument), added);
        return added;
    }

    /**
     * Adds channels of instruments while the program runs; what is wanted already is left alone.
     *
     * @return the commands for the running process, with the ids of the subscriptions; {@link #await} waits for the
     *     replies
     */
    public synchronized List<Map<String, Object>> add(List<InstrumentId> of, List<String> channels) {
        List<Map<String, Object>> commands = new ArrayList<>();
        for (InstrumentId instrument : of) {
            lastTrades.add(instrument);
            for (String channel : channels) {
                if (!wanted.containsKey(key(channel, instrument))) {
                    Subscription asked = add(channel, instrument).in(Subscription.State.ASKED, null);
                    wanted.put(key(channel, instrument), asked);
                    commands.add(command(asked));
                }
            }
        }
        return commands;
    }

    /**
     * Removes subscriptions while the program runs.
     *
     * @return the commands for the running process; {@link #await} waits for the replies
     */
    public synchronized List<Map<String, Object>> remove(Predicate<Subscription> meant) {
        List<Map<String, Object>> commands = new ArrayList<>();
        for (Subscription one : wanted.values().stream().filter(meant).toList()) {
            wanted.remove(key(one.channel(), one.instrument()));
            String id = "un" + one.id();
            leaving.add(id);
            commands.add(one.command("unsubscribe", id));
            if (wanted.values().stream().noneMatch(s -> s.instrument().equals(one.instrument()))) {
                lastTrades.remove(one.instrument());
                ended.remove(one.instrument());
            }
        }
        return commands;
    }

    /**
     * Waits until the running process has replied to commands about subscriptions, or has ended.
     *
     * @param commandIds of {@link #add} or {@link #remove}
     * @return whether it has replied to at least one of them
     */
    public synchronized boolean await(Set<String> commandIds, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            long open = commandIds.stream().filter(this::open).count();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (open == 0 || left <= 0) {
                leaving.removeAll(commandIds);
                return open < commandIds.size();
            }
            wait(left);
        }
    }

    private boolean open(String commandId) {
        return leaving.contains(commandId)
                || wanted.values().stream()
                        .anyMatch(s -> s.id().equals(commandId) && s.state() == Subscription.State.ASKED);
    }

    /** Sets the commands that a process receives before it is subscribed. */
    public synchronized void before(Supplier<List<Map<String, Object>>> commands) {
        before = commands;
    }

    /**
     * Returns the first commands for a process that has just started, and marks the subscriptions as requested.
     */
    public synchronized List<Map<String, Object>> ask() {
        wanted.replaceAll((key, s) -> s.in(Subscription.State.ASKED, null));
        confirms = false;
        List<Map<String, Object>> commands = new ArrayList<>(before.get());
        wanted.values().forEach(subscription -> commands.add(command(subscription)));
        return commands;
    }

    private Map<String, Object> command(Subscription subscription) {
        Map<String, Object> command = subscription.command();
        if (subscription.channel().equals("trades")) {
            command.putAll(lastTrades.fields(subscription.instrument()));
        }
        return command;
    }

    /** Called when the process has ended: nothing is subscribed any more. */
    public synchronized void forget() {
        wanted.replaceAll((key, s) -> s.in(Subscription.State.WANTED, null));
        leaving.clear();
        confirms = false;
        notifyAll();
    }

    /** Handles {@code subscribed}, {@code unsubscribed} and {@code ended}; ignores other statuses. */
    public synchronized void status(Status status) {
        status.accept(replies);
        notifyAll();
    }

    private void ended(InstrumentId instrument, String reason) {
        Predicate<Subscription> of = s -> s.instrument().equals(instrument);
        if (wanted.values().stream().anyMatch(of)) {
            ended.put(instrument, reason == null ? "no reason given" : reason);
            change(of, Subscription.State.ENDED, ended.get(instrument));
        }
    }

    /** The replies to subscriptions, and the ends of instruments. */
    private final class SubscriptionReplies implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void instrumentEnded(InstrumentEnded status) {
            if (status.symbol() != null) {
                ended(instrument(status.symbol(), status.category()), status.reason());
            }
            return null;
        }

        @Override
        public Void subscribed(Subscribed status) {
            lastTrades.subscribed(instrument(status.symbol(), status.category()), status);
            List<InstrumentId> matched = wanted.values().stream()
                    .filter(meant(status))
                    .map(Subscription::instrument)
                    .toList();
            confirms |= !matched.isEmpty();
            ended.keySet().removeAll(matched);
            change(meant(status), Subscription.State.CONFIRMED, null);
            carried(status);
            return null;
        }

        @Override
        public Void unsubscribed(Unsubscribed status) {
            if (status.id() != null && leaving.remove(status.id())) {
                return null;
            }
            change(meant(status), Subscription.State.REFUSED, "unsubscribed");
            return null;
        }
    }

    /**
     * Creates a command that requests a new snapshot of a book. The command has an id, so that an error reply to it is
     * not taken for a refused subscription. A book of a depth other than the default has a channel of its own.
     *
     * @param levels depth of the book, or 0 if the connector does not send it
     */
    public synchronized Map<String, Object> resync(InstrumentId instrument, int levels) {
        String own = "depth." + levels;
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", "resync");
        command.put("channel", wanted.containsKey(key(own, instrument)) ? own : "depth");
        command.put("symbol", instrument.symbol());
        if (instrument.category() != null) {
            command.put("category", instrument.category());
        }
        command.put("id", "resync-" + ++resyncs);
        return command;
    }

    /**
     * Handles a failure. Without a command id it is a refusal only if its code says so or a reply is still pending;
     * other failures of an active channel change nothing.
     */
    public synchronized void failure(Failure failure) {
        notifyAll();
        if (failure.id() != null && leaving.remove(failure.id())) {
            return;
        }
        if (failure.id() != null) {
            change(s -> s.id().equals(failure.id()), Subscription.State.REFUSED, failure.error());
        } else if (failure.channel() != null && failure.symbol() != null) {
            InstrumentId instrument = instrument(failure.symbol(), failure.category());
            boolean refused = REFUSED.equals(failure.code());
            change(
                    s -> names(s, failure.channel(), instrument) && (refused || s.state() == Subscription.State.ASKED),
                    Subscription.State.REFUSED,
                    failure.error());
        }
    }

    /** Whether the instrument is wanted and has not ended. */
    public synchronized boolean wants(InstrumentId instrument) {
        return wanted.values().stream()
                .anyMatch(s -> s.instrument().equals(instrument) && s.state() != Subscription.State.ENDED);
    }

    /** Whether the running connector has confirmed any of them; one that confirms none is judged by its data. */
    public synchronized boolean confirms() {
        return confirms;
    }

    /** The wanted channels, in order. */
    public synchronized List<String> channels() {
        return wanted.values().stream().map(Subscription::channel).distinct().toList();
    }

    /** A copy of all subscriptions, in order. */
    public synchronized List<Subscription> all() {
        return new ArrayList<>(wanted.values());
    }

    /** Notes the connection, for a contract also with its base coin. */
    private void carried(Subscribed status) {
        InstrumentId instrument = instrument(status.symbol(), status.category());
        if (status.connection() == null || instrument == null) {
            return;
        }
        Predicate<Subscription> meant = meant(status);
        wanted.replaceAll((key, s) -> meant.test(s)
                        || s.channel().equals(status.channel())
                                && s.instrument().covers(instrument)
                ? s.on(status.connection())
                : s);
    }

    private InstrumentId instrument(String symbol, String category) {
        return symbol == null ? instruments.only() : instruments.of(symbol, category);
    }

    private Predicate<Subscription> meant(Status status) {
        if (status.id() != null) {
            return s -> s.id().equals(status.id());
        }
        InstrumentId instrument = instrument(status.symbol(), status.category());
        return s -> names(s, status.channel(), instrument);
    }

    private static boolean names(Subscription s, String channel, InstrumentId instrument) {
        return s.channel().equals(channel) && s.instrument().equals(instrument);
    }

    private void change(Predicate<Subscription> meant, Subscription.State state, String reason) {
        wanted.replaceAll((key, s) -> {
            if (!meant.test(s)) {
                return s;
            }
            String end = state == Subscription.State.REFUSED ? ended.get(s.instrument()) : null;
            return end == null ? s.in(state, reason) : s.in(Subscription.State.ENDED, end);
        });
    }

    private static String key(String channel, InstrumentId instrument) {
        return channel + ' ' + instrument;
    }
}

package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.LimitAlarms;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Channels of a base coin that the venue has for single contracts only, such as tickers and books of options: each
 * listed contract is subscribed, and new ones when they are listed.
 */
public final class ContractExpansion {

    private static final Logger LOG = LoggerFactory.getLogger(ContractExpansion.class);

    /** Maximum number of contracts per base coin and channel. */
    private static final int MOST = 2_000;

    private static final int MOST_NAMED = 10_000;

    /** A contract that the venue refused is subscribed again with an instrument list after this time. */
    private static final long AFTER_REFUSAL = 600_000_000_000L;

    private final VenueCategory category;
    private final InstrumentDirectory directory;
    private final Consumer<Command> commands;
    private final LongSupplier now;
    private final LimitAlarms alarms;
    private final Map<Expanded, Set<String>> expanded = new LinkedHashMap<>();
    /** Channels of contracts that are subscribed by themselves. */
    private final Set<Named> named = new LinkedHashSet<>();
    /** When the venue refused contracts that were subscribed because of their base coin. */
    private final Map<Named, Long> refused = new LinkedHashMap<>();

    private record Named(String contract, String channel) {}

    private record Expanded(String baseCoin, String channel) {}

    /**
     * @param category of the contracts
     * @param commands receives the commands for the contracts
     */
    public ContractExpansion(
            VenueContext context, VenueCategory category, InstrumentDirectory directory, Consumer<Command> commands) {
        this.category = category;
        this.directory = directory;
        this.commands = commands;
        this.now = context::now;
        this.alarms = new LimitAlarms(context);
    }

    /** Subscribes the channel of each contract. */
    public void subscribe(Command command) {
        Expanded one = new Expanded(command.symbol(), command.channel());
        expanded.computeIfAbsent(one, key -> new LinkedHashSet<>());
        refused.keySet().removeIf(contract -> belongs(contract, one));
        join(one);
    }

    /** Unsubscribes the channel of the contracts that are subscribed because of the base coin. */
    public void unsubscribe(Command command) {
        Expanded one = new Expanded(command.symbol(), command.channel());
        Set<String> contracts = expanded.remove(one);
        refused.keySet().removeIf(contract -> belongs(contract, one));
        check(one, 0);
        if (contracts != null) {
            contracts.forEach(contract -> send(Command.Kind.UNSUBSCRIBE, command.channel(), contract));
        }
    }

    /** The contract is subscribed or unsubscribed by itself; the base coin does not matter to it any more. */
    public void named(Command command) {
        Named one = new Named(command.symbol(), command.channel());
        if (command.kind() == Command.Kind.UNSUBSCRIBE) {
            named.remove(one);
        } else if (command.kind() != Command.Kind.SUBSCRIBE || named.size() >= MOST_NAMED) {
            return;
        } else if (command.symbol().indexOf('-') >= 0) {
            named.add(one);
        }
        expanded.forEach((coin, contracts) -> {
            if (coin.channel().equals(command.channel())) {
                contracts.remove(command.symbol());
            }
        });
    }

    /** The contract has ended; returns whether its channel was subscribed because of the base coin. */
    public boolean ended(String channel, String contract) {
        boolean found = false;
        for (Map.Entry<Expanded, Set<String>> one : expanded.entrySet()) {
            found |= one.getKey().channel().equals(channel) && one.getValue().remove(contract);
        }
        return found;
    }

    private static boolean belongs(Named contract, Expanded one) {
        return contract.channel().equals(one.channel())
                && Contracts.baseCoin(contract.contract()).equals(one.baseCoin());
    }

    /** The venue has refused the contract; returns whether its channel was subscribed because of the base coin. */
    public boolean refused(String channel, String contract) {
        boolean found = ended(channel, contract);
        if (found) {
            refused.put(new Named(contract, channel), now.getAsLong());
        }
        return found;
    }

    /** An instrument list was read: subscribes what is new. */
    public void listed() {
        List.copyOf(expanded.keySet()).forEach(this::join);
    }

    private void join(Expanded one) {
        refused.values().removeIf(at -> now.getAsLong() - at > AFTER_REFUSAL);
        Set<String> contracts = expanded.get(one);
        List<String> missing = new ArrayList<>(directory.trading(category, one.baseCoin()));
        missing.removeIf(contract -> contracts.contains(contract)
                || named.contains(new Named(contract, one.channel()))
                || refused.containsKey(new Named(contract, one.channel())));
        int room = MOST - contracts.size();
        if (missing.size() > room) {
            LOG.warn(
                    "contracts_not_subscribed channel={} base_coin={} count={} limit={}; subscribe single contracts",
                    one.channel(),
                    one.baseCoin(),
                    missing.size() - room,
                    MOST);
        }
        missing.stream().limit(room).forEach(contract -> {
            contracts.add(contract);
            send(Command.Kind.SUBSCRIBE, one.channel(), contract);
        });
        check(one, contracts.size());
    }

    /** Announces the limit of contracts when it is near. */
    private void check(Expanded one, int used) {
        alarms.check(
                category.text(),
                "contracts of " + one.baseCoin() + ' ' + one.channel(),
                used,
                MOST,
                "contracts of " + one.baseCoin() + " on " + one.channel()
                        + "; beyond that, further ones are not subscribed: subscribe single contracts");
    }

    private void send(Command.Kind kind, String channel, String contract) {
        commands.accept(new Command(kind, channel, contract, category.text(), null));
    }
}

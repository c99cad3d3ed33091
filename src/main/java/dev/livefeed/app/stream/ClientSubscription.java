package dev.livefeed.app.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The subscriptions of one client: channels, each for all symbols or for some. */
public final class ClientSubscription {

    /** Stands for all symbols. */
    private static final Set<String> ALL = Set.of();

    private final Map<String, Set<String>> bySymbol = new LinkedHashMap<>();

    ClientSubscription() {}

    /**
     * Parses a query.
     *
     * @param channels comma-separated, or null for all except books
     * @param symbols comma-separated, or null for all
     */
    static ClientSubscription of(String channels, String symbols, StreamNames vocabulary) throws BadRequestException {
        List<String> wanted = new ArrayList<>();
        for (String channel : channels == null ? StreamNames.DEFAULT : List.of(channels.split(",", -1))) {
            wanted.add(vocabulary.channel(channel.strip()));
        }
        List<String> selected = new ArrayList<>();
        if (symbols != null) {
            List<String> known = vocabulary.symbols();
            for (String symbol : symbols.split(",", -1)) {
                selected.add(StreamNames.symbol(symbol.strip(), known));
            }
        }
        ClientSubscription subscription = new ClientSubscription();
        for (String channel : wanted) {
            if (symbols == null) {
                subscription.add(channel, null);
            } else {
                selected.forEach(symbol -> subscription.add(channel, symbol));
            }
        }
        return subscription;
    }

    /** @param symbol null for all */
    void add(String channel, String symbol) {
        if (symbol == null) {
            bySymbol.put(channel, ALL);
        } else if (bySymbol.get(channel) != ALL) {
            bySymbol.computeIfAbsent(channel, any -> new LinkedHashSet<>()).add(symbol);
        }
    }

    /** @param symbol null for all */
    void remove(String channel, String symbol) throws BadRequestException {
        Set<String> symbols = bySymbol.get(channel);
        if (symbols == null || symbol == null) {
            bySymbol.remove(channel);
        } else if (symbols == ALL) {
            throw new BadRequestException("symbol is \"" + symbol + "\", but " + channel
                    + " is subscribed for all symbols; unsubscribe it without a symbol, then subscribe the "
                    + "symbols you need");
        } else {
            symbols.remove(symbol);
            if (symbols.isEmpty()) {
                bySymbol.remove(channel);
            }
        }
    }

    /**
     * Whether the channel is subscribed for the symbol. An event without a symbol (null) matches any subscription of
     * the channel.
     */
    boolean wants(String channel, String symbol) {
        Set<String> symbols = bySymbol.get(channel);
        return symbols != null && (symbols == ALL || symbol == null || symbols.contains(symbol));
    }

    /** The subscribed channels. */
    Set<String> channels() {
        return bySymbol.keySet();
    }

    /** Those of these symbols for which the channel is subscribed. */
    List<String> symbols(String channel, Collection<String> known) {
        Set<String> symbols = bySymbol.get(channel);
        return symbols == null ? List.of() : symbols == ALL ? List.copyOf(known) : List.copyOf(symbols);
    }

    /** Whether any book is subscribed. */
    boolean anyDepth() {
        return bySymbol.keySet().stream().anyMatch(StreamNames::isDepth);
    }
}

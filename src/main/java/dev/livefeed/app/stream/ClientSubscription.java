package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.InstrumentId;
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
    private static final Set<InstrumentId> ALL = Set.of();

    private final Map<String, Set<InstrumentId>> bySymbol = new LinkedHashMap<>();
    private final int history;

    ClientSubscription(int history) {
        this.history = history;
    }

    /**
     * Parses a query.
     *
     * @param channels comma-separated, or null for all except books
     * @param symbols comma-separated, or null for all
     * @param history number of past candles, or null for none
     */
    static ClientSubscription of(String channels, String symbols, String history, StreamNames vocabulary)
            throws BadRequestException {
        List<String> wanted = new ArrayList<>();
        for (String channel : channels == null ? StreamNames.DEFAULT : List.of(channels.split(",", -1))) {
            wanted.add(vocabulary.channel(channel.strip()));
        }
        List<InstrumentId> selected = new ArrayList<>();
        if (symbols != null) {
            List<InstrumentId> known = vocabulary.symbols();
            for (String symbol : symbols.split(",", -1)) {
                selected.add(StreamNames.instrument(symbol.strip(), known));
            }
        }
        ClientSubscription subscription = new ClientSubscription(StreamNames.history(history));
        for (String channel : wanted) {
            if (symbols == null) {
                subscription.add(channel, null);
            } else {
                selected.forEach(instrument -> subscription.add(channel, instrument));
            }
        }
        return subscription;
    }

    /** @param instrument null for all */
    void add(String channel, InstrumentId instrument) {
        if (instrument == null) {
            bySymbol.put(channel, ALL);
        } else if (bySymbol.get(channel) != ALL) {
            bySymbol.computeIfAbsent(channel, any -> new LinkedHashSet<>()).add(instrument);
        }
    }

    /** @param instrument null for all */
    void remove(String channel, InstrumentId instrument) throws BadRequestException {
        Set<InstrumentId> symbols = bySymbol.get(channel);
        if (symbols == null || instrument == null) {
            bySymbol.remove(channel);
        } else if (symbols == ALL) {
            throw new BadRequestException("symbol is \"" + instrument.symbol() + "\", but " + channel
                    + " is subscribed for all symbols; unsubscribe it without a symbol, then subscribe the "
                    + "symbols you need");
        } else {
            symbols.remove(instrument);
            if (symbols.isEmpty()) {
                bySymbol.remove(channel);
            }
        }
    }

    /**
     * Whether the channel is subscribed for the symbol. An event without a symbol (null) matches any subscription of
     * the channel.
     */
    boolean wants(String channel, InstrumentId instrument) {
        Set<InstrumentId> symbols = bySymbol.get(channel);
        return symbols != null && (symbols == ALL || instrument == null || symbols.contains(instrument));
    }

    /** Whether the candles of a timeframe are subscribed, alone or with all others. */
    boolean wantsCandles(InstrumentId instrument, String timeframe) {
        return wants(StreamNames.CANDLES, instrument) || wants(StreamNames.candles(timeframe), instrument);
    }

    /** The number of past candles that precede the live ones. */
    int history() {
        return history;
    }

    /** The subscribed channels. */
    Set<String> channels() {
        return bySymbol.keySet();
    }

    /** The symbols in this list for which the channel is subscribed. */
    List<InstrumentId> symbols(String channel, Collection<InstrumentId> known) {
        Set<InstrumentId> symbols = bySymbol.get(channel);
        return symbols == null ? List.of() : symbols == ALL ? List.copyOf(known) : List.copyOf(symbols);
    }

    /** Whether any book is subscribed. */
    boolean anyDepth() {
        return bySymbol.keySet().stream().anyMatch(StreamNames::isDepth);
    }
}

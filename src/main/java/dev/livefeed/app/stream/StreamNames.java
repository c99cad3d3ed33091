package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The channels and symbols that a client may name. */
final class StreamNames {

    static final String TRADES = "trades";
    static final String DEPTH = "depth";
    static final String STATUS = "status";
    static final String CANDLES = "candles";
    static final String SIGNALS = "signals";

    /** What a client gets that names no channel: everything but books. */
    static final List<String> DEFAULT = List.of(TRADES, STATUS, CANDLES, SIGNALS);

    private static final int SHOWN = 20;

    private final List<String> channels = new ArrayList<>();
    private final Set<Integer> furtherBooks;
    private final Supplier<? extends List<String>> symbols;

    /**
     * @param timeframes of the candles
     * @param wanted what is wanted of the connector: ticker, kline.1m, depth.200 and the like are channels only where they are
     * @param symbols those that are known now, sorted
     */
    StreamNames(List<String> timeframes, List<String> wanted, Supplier<? extends List<String>> symbols) {
        channels.addAll(List.of(TRADES, DEPTH, STATUS, CANDLES));
        timeframes.forEach(timeframe -> channels.add(CANDLES + '.' + timeframe));
        channels.add(SIGNALS);
        wanted.stream().filter(channel -> !channels.contains(channel)).forEach(channels::add);
        furtherBooks = channels.stream()
                .filter(channel -> channel.startsWith(DEPTH + '.'))
                .map(channel -> Integer.parseInt(channel.substring(DEPTH.length() + 1)))
                .collect(Collectors.toUnmodifiableSet());
        this.symbols = symbols;
    }

    List<String> channels() {
        return channels;
    }

    /** All symbols that are known now, sorted. */
    List<String> symbols() {
        return symbols.get();
    }

    /** Whether it is a channel of order books. */
    static boolean isDepth(String channel) {
        return channel.equals(DEPTH) || channel.startsWith(DEPTH + '.');
    }

    /** The books that belong to a channel, by the levels of their streams; depth has all that no other channel names. */
    IntPredicate books(String channel) {
        if (channel.equals(DEPTH)) {
            return levels -> !furtherBooks.contains(levels);
        }
        int wanted = Integer.parseInt(channel.substring(DEPTH.length() + 1));
        return levels -> levels == wanted;
    }

    /** The channel of a book of that many levels. */
    String depthChannel(int levels) {
        return furtherBooks.contains(levels) ? DEPTH + '.' + levels : DEPTH;
    }

    /** The channel, if it is one. */
    String channel(String text) throws BadRequestException {
        if (!channels.contains(text)) {
            throw new BadRequestException("channel is \"" + shown(text) + "\"; it must be one of "
                    + String.join(", ", channels)
                    + " (further books, tickers, klines and liquidations where CONNECTOR_CHANNELS names them)");
        }
        return text;
    }

    /**
     * The symbol, if it is known.
     *
     * @param known from {@link #symbols}
     */
    static String symbol(String text, List<String> known) throws BadRequestException {
        if (!Symbols.valid(text)) {
            throw new BadRequestException("symbol is \"" + shown(text) + "\"; it must be " + Symbols.RULE);
        }
        if (Collections.binarySearch(known, text) < 0) {
            throw new BadRequestException("symbol is \"" + text + "\", of which nothing is known; it must be one of "
                    + known.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (known.size() > SHOWN ? ", … (" + known.size() + " in all)" : ""));
        }
        return text;
    }

    /** One short line, whatever it holds. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}

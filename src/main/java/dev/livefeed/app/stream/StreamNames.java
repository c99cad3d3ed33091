package dev.livefeed.app.stream;

import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.status.Maintenance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The channels and symbols that a client may use. */
final class StreamNames {

    static final String TRADES = "trades";
    static final String DEPTH = "depth";
    static final String STATUS = "status";
    static final String CANDLES = "candles";
    static final String SIGNALS = "signals";

    /** Default channels of a client: everything except books. */
    static final List<String> DEFAULT = List.of(TRADES, STATUS, CANDLES, SIGNALS);

    private static final int MAX_SHOWN = 20;

    private final List<String> channels = new ArrayList<>();
    private final List<String> timeframes;
    private final Set<Integer> dedicatedDepths;
    private final Supplier<? extends List<InstrumentId>> symbols;

    /**
     * @param timeframes of the candles
     * @param wanted channels requested from the connector; only these add ticker, kline.1m, depth.200 and the like
     * @param states channels of followed states
     * @param symbols supplies the known symbols, sorted
     */
    StreamNames(
            List<String> timeframes,
            List<String> wanted,
            Collection<String> states,
            Supplier<? extends List<InstrumentId>> symbols) {
        this.timeframes = List.copyOf(timeframes);
        channels.addAll(List.of(TRADES, DEPTH, STATUS, CANDLES));
        timeframes.forEach(timeframe -> channels.add(candles(timeframe)));
        channels.add(SIGNALS);
        channels.addAll(states);
        wanted.stream()
                .filter(channel -> !channels.contains(channel) && !channel.equals(Maintenance.CHANNEL))
                .forEach(channels::add);
        dedicatedDepths = channels.stream()
                .filter(channel -> isDepth(channel) && !channel.equals(DEPTH))
                .map(channel -> Integer.parseInt(channel.substring(DEPTH.length() + 1)))
                .collect(Collectors.toUnmodifiableSet());
        this.symbols = symbols;
    }

    List<String> channels() {
        return channels;
    }

    /** The known symbols, sorted. */
    List<InstrumentId> symbols() {
        return symbols.get();
    }

    /** The channel of the candles of one timeframe. */
    static String candles(String timeframe) {
        return CANDLES + '.' + timeframe;
    }

    /** The timeframes of a channel; empty if it does not carry candles. */
    List<String> timeframes(String channel) {
        return timeframes.stream()
                .filter(timeframe -> channel.equals(CANDLES) || channel.equals(candles(timeframe)))
                .toList();
    }

    /** Parses a number of past candles; null means none. */
    static int history(String text) throws BadRequestException {
        if (text == null) {
            return 0;
        }
        try {
            int count = Integer.parseInt(text);
            if (count >= 0 && count <= PastCandlePages.MAX) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new BadRequestException(
                "history is \"" + shown(text) + "\"; it must be a whole number from 0 to " + PastCandlePages.MAX);
    }

    /** Whether the channel carries books. */
    static boolean isDepth(String channel) {
        return Depth.carriedBy(channel);
    }

    /**
     * Selects the books of a channel by the levels of their streams; {@code depth} has all books without a channel of
     * their own.
     */
    IntPredicate books(String channel) {
        if (channel.equals(DEPTH)) {
            return levels -> !dedicatedDepths.contains(levels);
        }
        int wanted = Integer.parseInt(channel.substring(DEPTH.length() + 1));
        return levels -> levels == wanted;
    }

    /** The channel of a book with this number of levels. */
    String depthChannel(int levels) {
        return dedicatedDepths.contains(levels) ? DEPTH + '.' + levels : DEPTH;
    }

    /** Validates a channel. */
    String channel(String text) throws BadRequestException {
        if (!channels.contains(text)) {
            throw new BadRequestException("channel is \"" + shown(text) + "\"; it must be one of "
                    + String.join(", ", channels)
                    + " (further books, tickers, klines, liquidations and others where CONNECTOR_CHANNELS names them)");
        }
        return text;
    }

    /**
     * Resolves the instrument of a text.
     *
     * @param known the result of {@link #symbols}
     */
    static InstrumentId instrument(String text, List<InstrumentId> known) throws BadRequestException {
        Optional<InstrumentId> meant = InstrumentId.parseRequested(text);
        if (meant.isEmpty()) {
            throw new BadRequestException("symbol is \"" + shown(text) + "\"; it must be " + InstrumentId.RULE);
        }
        List<InstrumentId> found = known.stream().filter(meant.get()::matches).toList();
        if (found.size() > 1) {
            throw new BadRequestException(
                    "symbol is \"" + text + "\", which is ambiguous; it must be one of " + texts(found));
        }
        if (found.isEmpty()) {
            throw new BadRequestException("symbol is \"" + text + "\", which is unknown; it must be one of "
                    + known.stream()
                            .limit(MAX_SHOWN)
                            .map(id -> Instruments.name(id, known))
                            .collect(Collectors.joining(", "))
                    + (known.size() > MAX_SHOWN ? ", … (" + known.size() + " in all)" : ""));
        }
        return found.get(0);
    }

    private static String texts(List<InstrumentId> found) {
        return found.stream().map(InstrumentId::toString).collect(Collectors.joining(", "));
    }

    /** Shortens a text to one line for messages. */
    static String shown(String text) {
        String line = OneLine.of(text);
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}

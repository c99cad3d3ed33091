package dev.livefeed.protocol.model;

import java.util.List;
import java.util.stream.Stream;

/** Instruments of tests, without a venue. */
public final class Ids {

    /** Statuses without a category are of linear. */
    public static final Instruments LINEAR = new Instruments(null, "linear", List.of());

    private Ids() {}

    public static InstrumentId linear(String symbol) {
        return InstrumentId.of(null, "linear", symbol);
    }

    public static InstrumentId spot(String symbol) {
        return InstrumentId.of(null, "spot", symbol);
    }

    /** One of events that name no category. */
    public static InstrumentId bare(String symbol) {
        return InstrumentId.of(null, null, symbol);
    }

    public static List<InstrumentId> bare(List<String> symbols) {
        return symbols.stream().map(Ids::bare).toList();
    }

    public static List<InstrumentId> linear(List<String> symbols) {
        return symbols.stream().map(Ids::linear).toList();
    }

    /** Of events that name no category. */
    public static Instruments configured(String... symbols) {
        return new Instruments(null, null, Stream.of(symbols).map(Ids::bare).toList());
    }
}

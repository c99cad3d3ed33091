package dev.livefeed.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which feed the connector process turns into events. */
public enum DataSource {
    SIMULATOR("simulator", "bybit", true, true),
    BYBIT("bybit_connector", "bybit", false, true),
    BINANCE("binance_ws", "binance", false, true),
    STUB("hft_connector", "stub", true, false),
    REPLAY("replay", "replay", true, false);

    private final String text;
    private final String connector;
    private final boolean synthetic;
    private final boolean listsInstruments;

    DataSource(String text, String connector, boolean synthetic, boolean listsInstruments) {
        this.text = text;
        this.connector = connector;
        this.synthetic = synthetic;
        this.listsInstruments = listsInstruments;
    }

    /** The value of {@code DATA_SOURCE}. */
    @Override
    public String toString() {
        return text;
    }

    /** Name of its connector: {@code connector NAME} on the command line. */
    public String connector() {
        return connector;
    }

    /** Whether its data is not live data of a real exchange. */
    public boolean synthetic() {
        return synthetic;
    }

    /** Whether its connector sends the exchange's instruments with their tick sizes. */
    public boolean listsInstruments() {
        return listsInstruments;
    }

    static Optional<DataSource> named(String text) {
        return Arrays.stream(values())
                .filter(source -> source.text.equals(text))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(DataSource::toString).toList();
    }
}

package dev.livefeed.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which feed the connector process turns into events. */
public enum DataSource {
    SIMULATOR("simulator", "bybit", true, true, Keys.BYBIT),
    /** The simulator with other interfaces. */
    SIMULATOR_BINANCE("simulator", "binance", true, true, Keys.BINANCE),
    BYBIT("bybit_connector", "bybit", false, true, Keys.BYBIT),
    BINANCE("binance_ws", "binance", false, true, Keys.BINANCE),
    STUB("hft_connector", "stub", true, false, Keys.OTHER),
    REPLAY("replay", "replay", true, false, Keys.OTHER);

    /**
     * The settings of a source that the application reads too.
     *
     * @param category key of the default product category
     * @param depth key of the depth of the channel {@code depth}
     * @param command key of the command in place of its connector
     * @param site key of the name of the site, or empty
     * @param sites words for the site by the key of a flag, the first of which that is set counts
     * @param categories the categories that its values stand for, if they are other words
     */
    private record Keys(
            String category,
            String depth,
            String command,
            Map<String, String> categories,
            String site,
            Map<String, String> sites) {

        private static final Keys BYBIT = new Keys(
                "bybit.category",
                "bybit.depth",
                "bybit.connector.command",
                Map.of(),
                "bybit.site",
                Map.of("bybit.connector.testnet", "testnet"));
        private static final Keys BINANCE = new Keys(
                "binance.market",
                "binance.depth",
                "binance.connector.command",
                Map.of("usdm", "linear", "USDM", "linear", "SPOT", "spot"),
                "",
                new TreeMap<>(Map.of("binance.testnet", "testnet", "binance.us", "us")));
        private static final Keys OTHER = new Keys("bybit.category", "bybit.depth", COMMAND, Map.of(), "", Map.of());
    }

    /** Key of the command in place of the connector of whatever source. */
    static final String COMMAND = "connector.command";

    private final String text;
    private final String connector;
    private final boolean synthetic;
    private final boolean listsInstruments;
    private final Keys keys;

    DataSource(String text, String connector, boolean synthetic, boolean listsInstruments, Keys keys) {
        this.text = text;
        this.connector = connector;
        this.synthetic = synthetic;
        this.listsInstruments = listsInstruments;
        this.keys = keys;
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

    /** Key of the setting with the default product category. */
    String categoryKey() {
        return keys.category();
    }

    /** The product category that a value of that setting stands for. */
    String category(String value) {
        return keys.categories().getOrDefault(value, value);
    }

    /** Key of the setting with the command in place of its connector. */
    String commandKey() {
        return keys.command();
    }

    /** Key of the setting with the depth of the channel {@code depth}. */
    String depthKey() {
        return keys.depth();
    }

    /** Whether its venue is the local exchange. */
    public boolean simulated() {
        return text.equals(SIMULATOR.text);
    }

    /** Name in file names, which no other source has. */
    String fileName() {
        return named(text).orElseThrow() == this ? text : text + '-' + connector;
    }

    /** In file names, which hosts its data is from: empty for the usual ones, and for those of this program. */
    String hosts(UnaryOperator<String> settings) {
        if (keys == Keys.OTHER || simulated()) {
            return "";
        }
        String site = keys.sites().entrySet().stream()
                .filter(flag -> settings.apply(flag.getKey()).equals("true"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() ->
                        keys.site().isEmpty() ? "" : settings.apply(keys.site()).toLowerCase(Locale.ROOT));
        String addresses = (settings.apply(connector + ".ws.base.url")
                        + ' '
                        + settings.apply(connector + ".rest.base.url"))
                .strip();
        return (site.isEmpty() || site.equals("global") ? "" : "-" + site)
                + (addresses.isEmpty() ? "" : "-" + Integer.toHexString(addresses.hashCode()));
    }

    /** @param venues the venues that the simulator stands for, at least one; other sources have one only */
    List<DataSource> on(List<String> venues) {
        return simulated()
                ? venues.stream()
                        .flatMap(venue -> simulators().filter(one -> one.connector.equals(venue)))
                        .toList()
                : List.of(this);
    }

    /** The venues that the simulator can stand for. */
    static List<String> simulatedVenues() {
        return simulators().map(DataSource::connector).toList();
    }

    private static Stream<DataSource> simulators() {
        return Arrays.stream(values()).filter(DataSource::simulated);
    }

    static Optional<DataSource> named(String text) {
        return Arrays.stream(values())
                .filter(source -> source.text.equals(text))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(DataSource::toString).distinct().toList();
    }
}

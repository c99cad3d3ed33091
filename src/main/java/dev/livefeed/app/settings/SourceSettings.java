package dev.livefeed.app.settings;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of one of the sources that run side by side: one connector process.
 *
 * @param dataSource what the process reads
 * @param name of the source in health: the data source, or {@code custom} if only a command was set
 * @param category default product category, for events without one
 * @param depth number of levels of the channel {@code depth}
 * @param instruments of its venue, in the configured order; at least one
 * @param channels wanted for each instrument, in the configured order; at least one
 * @param command command line of the connector; empty for the packed connector of the data source
 * @param stateName name of the source in file names
 */
public record SourceSettings(
        DataSource dataSource,
        String name,
        String category,
        int depth,
        Instruments instruments,
        List<String> channels,
        List<String> command,
        String stateName) {

    static final String CUSTOM = "custom";

    /** The venue of all its events. */
    public String venue() {
        return instruments.venue();
    }

    private boolean custom() {
        return name.equals(CUSTOM);
    }

    /** Whether it needs the local exchange. */
    public boolean simulated() {
        return dataSource.simulated() && !custom();
    }

    /** Whether all its events are marked as synthetic, whatever the connector reports. */
    public boolean synthetic() {
        return dataSource.synthetic() && !custom();
    }

    /** Whether its connector is known to report the exchange's instruments with their tick sizes. */
    public boolean listsInstruments() {
        return command.isEmpty() && dataSource.listsInstruments();
    }

    /** Whether its times are those of a recording. */
    public boolean replay() {
        return dataSource == DataSource.REPLAY;
    }

    /** The symbols in the connectors' notation: with the category if it is not the default one. */
    public String symbolNames() {
        return symbolNames(instruments.configured(), category);
    }

    static String symbolNames(List<InstrumentId> instruments, String category) {
        return instruments.stream()
                .map(id -> id.category().equals(category) ? id.symbol() : id.market())
                .collect(Collectors.joining(","));
    }
}

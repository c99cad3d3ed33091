package dev.livefeed.app.settings;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Checks what a source is to be subscribed to while the program runs, by the rules of the start. */
public final class WantedChanges {

    private final Settings settings;
    private final ConnectorRules connectors;
    private final Map<String, String> given;
    private final UnaryOperator<String> channelRule;

    /**
     * @param given settings of the connectors, by variable
     * @param channelRule the rule that a name of a channel violates, or null
     */
    WantedChanges(
            Settings settings,
            ConnectorRules connectors,
            Map<String, String> given,
            UnaryOperator<String> channelRule) {
        this.settings = settings;
        this.connectors = connectors;
        this.given = given;
        this.channelRule = channelRule;
    }

    /**
     * The instrument that a text means, as in {@code SYMBOL}.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public InstrumentId instrument(SourceSettings of, String text) {
        InstrumentId id = InstrumentId.read(text.strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "symbol is \"" + SettingChecks.shown(text) + "\"; it must be " + InstrumentId.RULE));
        if (id.venue() != null && !id.venue().equals(of.venue())) {
            throw new IllegalArgumentException(
                    "symbol is \"" + id + "\", which is of another venue; it must be one of " + of.venue());
        }
        return InstrumentId.of(of.venue(), id.category() == null ? of.category() : id.category(), id.symbol());
    }

    /**
     * The name of a channel, as in {@code CONNECTOR_CHANNELS}; the default depth has the name {@code depth}.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public String channel(SourceSettings of, String text) {
        String channel = text.strip();
        String rule = channelRule.apply(channel);
        if (rule != null) {
            throw new IllegalArgumentException(
                    "channel is \"" + SettingChecks.shown(channel) + "\"; it must be one of " + rule);
        }
        return channel.equals("depth." + of.depth()) ? "depth" : channel;
    }

    /**
     * Faults of what is to be wanted, one line each; empty if the program would start with it.
     *
     * @param others number of instruments of other sources
     */
    public List<String> faults(SourceSettings of, List<InstrumentId> wanted, List<String> channels, int others) {
        List<String> faults = new ArrayList<>();
        if (wanted.isEmpty() || channels.isEmpty()) {
            faults.add("a source must have at least one " + (wanted.isEmpty() ? "instrument" : "channel")
                    + "; to stop it, pause it");
        }
        if (wanted.size() + others > Settings.MAX_SYMBOLS) {
            faults.add("these would be " + (wanted.size() + others) + " symbols; at most " + Settings.MAX_SYMBOLS
                    + " are served");
        }
        if (!channels.isEmpty() && channels.stream().allMatch(Subscription::comesOnChange)) {
            faults.add(String.join(",", channels)
                    + " alone may be silent for hours, which looks like a broken feed; keep ticker or trades");
        }
        if (faults.isEmpty() && of.command().isEmpty() && of.dataSource().listsInstruments()) {
            Map<String, String> own = new TreeMap<>(given);
            own.put(SettingsSource.variable("symbol"), SourceSettings.symbolNames(wanted, of.category()));
            own.put(SettingsSource.variable("connector.channels"), String.join(",", channels));
            faults.addAll(connectors
                    .check(of.dataSource().connector(), own, settings.workingDirectory())
                    .faults());
        }
        return faults;
    }
}

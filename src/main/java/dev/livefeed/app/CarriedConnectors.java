package dev.livefeed.app;

import dev.livefeed.app.settings.ConnectorRules;
import dev.livefeed.connector.Connectors;
import dev.livefeed.connector.sdk.settings.SettingsCheck;
import dev.livefeed.connector.sdk.settings.SettingsReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The connectors in the jar, and the rules of each of them. */
public final class CarriedConnectors implements ConnectorRules {

    private final Set<String> variables = all(SettingsReport::variables);
    private final Set<String> secrets = all(SettingsReport::secrets);

    private static Set<String> all(Function<SettingsReport, Set<String>> names) {
        Set<String> all = new TreeSet<>();
        for (String name : Connectors.names()) {
            all.addAll(names.apply(Connectors.check(name, Map.of(), Path.of(""))));
        }
        return all;
    }

    @Override
    public Set<String> names() {
        return Connectors.names();
    }

    @Override
    public Set<String> variables() {
        return variables;
    }

    @Override
    public Set<String> secrets() {
        return secrets;
    }

    @Override
    public SettingsFindings check(String connector, Map<String, String> settings, Path directory) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (connector != null) {
            all.put(SettingsCheck.SUBSCRIBING, connector);
        }
        List<String> faults = new ArrayList<>();
        List<String> fileFaults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : Connectors.names()) {
            SettingsReport report = Connectors.check(name, all, directory);
            faults.addAll(report.faults());
            fileFaults.addAll(report.fileFaults());
            warnings.addAll(report.warnings());
            values.putAll(report.values());
        }
        // Several connectors may read the same variable, such as HTTPS_PROXY.
        return new SettingsFindings(distinct(faults), distinct(fileFaults), distinct(warnings), values);
    }

    private static List<String> distinct(List<String> lines) {
        return lines.stream().distinct().toList();
    }
}

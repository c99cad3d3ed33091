package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's table of the configuration file lists exactly the supported keys, with their defaults. */
class ConfigurationKeysTest {

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void theGuideHoldsEveryKeyWithItsDefault() throws Exception {
        ConnectorSettings settings = new ConnectorSettings(Map.of(), "NO_FILE");
        BybitSettings.read(settings);

        Map<String, String> table = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("doc/BYBIT_CONNECTOR_GUIDE.md"))) {
            inside = line.startsWith("## ") ? line.equals("## Configuration file") : inside;
            if (inside && line.startsWith("| `")) {
                String[] cells = line.split("\\|");
                List<String> keys = names(cells[1]);
                List<String> defaults = names(cells[2]);
                assertThat(defaults).as("defaults in the row %s", line).hasSameSizeAs(keys);
                for (int i = 0; i < keys.size(); i++) {
                    assertThat(table.put(keys.get(i), defaults.get(i)))
                            .as("another row of %s", keys.get(i))
                            .isNull();
                }
            }
        }

        assertThat(table).containsExactlyInAnyOrderEntriesOf(settings.defaults());
    }

    /** A key that the guide explains with 0 accepts it, and no other number does. */
    @Test
    void zeroIsAcceptedWhereTheGuideSaysWhatItMeans(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("connector.json");
        List<String> explained = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("doc/BYBIT_CONNECTOR_GUIDE.md"))) {
            inside = line.startsWith("## ") ? line.equals("## Configuration file") : inside;
            String[] cells = inside && line.startsWith("| `") ? line.split("\\|") : new String[0];
            if (cells.length == 0 || !names(cells[2]).get(0).matches("\\d+")) {
                continue;
            }
            for (String key : names(cells[1])) {
                if (line.contains("`0`:") || names(cells[2]).contains("0")) {
                    explained.add(key);
                }
                Files.writeString(file, "{\"" + key + "\": 0}");
                try {
                    BybitSettings.read(Map.of(BybitSettings.CONFIG_FILE, file.toString()));
                    accepted.add(key);
                } catch (ConfigurationException e) {
                    assertThat(e).as(key).hasMessageContaining("must");
                }
            }
        }

        assertThat(accepted).isNotEmpty().containsExactlyElementsOf(explained);
    }

    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(cell);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}

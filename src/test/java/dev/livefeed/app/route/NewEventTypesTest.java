package dev.livefeed.app.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Types that a copy of an earlier events file lacks go where the shipped file sends them. */
class NewEventTypesTest {

    private static final Pattern BRANCH = Pattern.compile(
            "- simple: \"\\$\\{header\\.type} (?:==|in) '([a-z_,]+)'\"\\s+steps:\\s+- to:\\s+uri: (\\S+)");

    @Test
    void eachGoesWhereTheShippedFileSendsIt() throws Exception {
        Map<String, String> shipped = endpoints(Path.of("routes/events.camel.yaml"));

        assertThat(shipped).isNotEmpty().containsAllEntriesOf(NewEventTypes.ENDPOINTS);
    }

    @Test
    void eachTypeThatAnEarlierFileLacksIsOne() throws Exception {
        Map<String, String> added = endpoints(Path.of("routes/events.camel.yaml"));
        Map<String, String> earlier = endpoints(Path.of("src/test/resources/earlier-routes/events.camel.yaml"));
        added.keySet().removeAll(earlier.keySet());

        assertThat(earlier).isNotEmpty();
        assertThat(NewEventTypes.ENDPOINTS).containsAllEntriesOf(added);
    }

    private static Map<String, String> endpoints(Path file) throws IOException {
        Map<String, String> endpoints = new TreeMap<>();
        Matcher branch = BRANCH.matcher(Files.readString(file));
        while (branch.find()) {
            for (String type : branch.group(1).split(",")) {
                endpoints.put(type, branch.group(2));
            }
        }
        return endpoints;
    }
}

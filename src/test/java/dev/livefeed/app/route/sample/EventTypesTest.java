package dev.livefeed.app.route.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.sink.SinkTypes;
import dev.livefeed.protocol.codec.EventForms;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Unknown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every event type is routed, has samples, is documented, and is known to the sinks. */
class EventTypesTest {

    private static final Pattern BRANCH =
            Pattern.compile("- simple: \"\\$\\{header\\.type} (?:==|in) '([a-z_,]+)'\"\\s+steps:\\s+- to:");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ");

    /** A type of past events of any other type. */
    private static final String HISTORY = "history";

    @Test
    void eachHasABranchInTheEventsFile() throws Exception {
        Set<String> routed = new LinkedHashSet<>();
        Matcher branch = BRANCH.matcher(Files.readString(Path.of("routes/events.camel.yaml")));
        while (branch.find()) {
            routed.addAll(List.of(branch.group(1).split(",")));
        }

        assertThat(routed)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(EventForms.types().stream(), Stream.of(HISTORY))
                        .toList());
    }

    @Test
    void eachHasSamples() throws Exception {
        assertThat(samples().keySet()).containsAll(EventForms.types());
        assertThat(samples()).allSatisfy((type, lines) -> {
            if (EventForms.types().contains(type)) {
                assertThat(lines).as("with and without optional fields").hasSizeGreaterThan(1);
            } else {
                assertThat(type).isIn(HISTORY, "mood");
            }
        });
    }

    @Test
    void eachHasARowInTheProtocol() throws Exception {
        Set<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("doc/PROTOCOL.md")));
        while (row.find()) {
            rows.add(row.group(1));
        }
        Map<String, List<String>> samples = samples();

        assertThat(EventForms.types())
                .allSatisfy(type -> assertThat(samples.get(type)).allSatisfy(line -> assertThat(rows)
                        .contains(new ObjectMapper().readTree(line).get("type").asText())));
    }

    @Test
    void eachIsKnownToSinks() {
        assertThat(SinkTypes.parse(String.join(",", EventForms.types()))).containsExactlyElementsOf(EventForms.types());
    }

    @Test
    void privateTypesAreThoseOfAccountEvents() throws Exception {
        Set<String> ofAccount = new TreeSet<>();
        for (List<String> lines : samples().values()) {
            for (String line : lines) {
                if (event(line) instanceof AccountEvent event) {
                    ofAccount.add(event.type());
                }
            }
        }

        assertThat(AccountEvent.TYPES).containsExactlyInAnyOrderElementsOf(ofAccount);
    }

    private static Event event(String line) throws Exception {
        return new EventReader(List.of("BTCUSDT"), false, Times::nowMicros).read(line.getBytes(UTF_8));
    }

    /** The sample lines by the type of their event. */
    private static Map<String, List<String>> samples() throws Exception {
        Map<String, List<String>> samples = new TreeMap<>();
        for (byte[] bytes :
                SampleLines.of("BTCUSDT", System.currentTimeMillis()).values()) {
            String line = new String(bytes, UTF_8);
            Event event = event(line);
            assertThat(event instanceof Unknown)
                    .isEqualTo(!EventForms.types().contains(event.type())
                            && !event.type().equals(HISTORY));
            samples.computeIfAbsent(event.type(), type -> new ArrayList<>()).add(line);
        }
        return samples;
    }
}

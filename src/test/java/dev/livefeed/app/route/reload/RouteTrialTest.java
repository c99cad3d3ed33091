package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.contract.Operation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An edit must leave a route for every operation of the HTTP interface, and the count of events. */
class RouteTrialTest {

    @TempDir
    private Path folder;

    private final OpenApi contract = new OpenApi("1");
    private final RouteTrial trial = new RouteTrial(new Properties(), bind -> bind.accept("openApi", contract));

    @Test
    void anOperationWithoutARouteIsAFaultOfTheFileThatLostIt() throws Exception {
        RouteFiles files = RouteFiles.find(folder.toString(), folder, null);
        List<String> operations =
                contract.operations().stream().map(Operation::id).toList();
        Map<String, byte[]> before = Map.of(
                "api.camel.yaml",
                routes(operations.stream()),
                "needed.camel.yaml",
                routes(Stream.of("events", "status", "subscriptions", "commands", "candles")));
        TrialResult good = trial.tryFiles(files, before, before.keySet(), Map.of(), null);
        assertThat(good.faults()).isEmpty();
        Map<String, byte[]> after = Map.of(
                "api.camel.yaml",
                routes(operations.stream().filter(id -> !id.equals("getPrice"))),
                "needed.camel.yaml",
                before.get("needed.camel.yaml"));

        TrialResult edit = trial.tryFiles(files, after, Set.of("api.camel.yaml"), good.routes(), null);

        assertThat(edit.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("api.camel.yaml");
            assertThat(fault.text()).contains("no route is from direct:getPrice");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unmarshal: {custom: {ref: complete}} |",
                "unmarshal: {custom: {ref: lacking}} | the data format lacking of route events lacks recorder: \"#x\"",
                "to: 'log:x' | no route unmarshals the events of the connector",
                "unmarshal: {json: {}} | no route unmarshals the events of the connector",
            })
    void anEditThatHidesEventsFromHealthIsAFaultOfItsFile(String step, String fault) throws Exception {
        RouteTrial recording = new RouteTrial(new Properties(), bind -> {
            bind.accept(RecordsEvents.RECORDER, "recorder");
            bind.accept("complete", new Format(List.of()));
            bind.accept("lacking", new Format(List.of("recorder: \"#x\"")));
        });
        Map<String, byte[]> contents = Map.of(
                "events.camel.yaml",
                ("- route: {id: events, from: {uri: 'direct:events', steps: [{" + step + "}]}}")
                        .getBytes(StandardCharsets.UTF_8),
                "needed.camel.yaml",
                routes(Stream.of("status", "subscriptions", "commands", "candles")));

        TrialResult edit = recording.tryFiles(
                RouteFiles.find(folder.toString(), folder, null), contents, contents.keySet(), Map.of(), null);

        if (fault == null) {
            assertThat(edit.faults()).isEmpty();
        } else {
            assertThat(edit.faults()).singleElement().satisfies(found -> assertThat(found.text())
                    .startsWith("events.camel.yaml:")
                    .contains(fault));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bean: {ref: markt, method: price} | there is no bean markt; the nearest is market",
                "bean: {ref: market, method: prise} | there is no method prise of the bean market; the nearest is "
                        + "price",
                "to: 'bean:markt?method=price' | there is no bean markt; the nearest is market",
                "process: {ref: markt} | there is no bean markt; the nearest is market",
                "setBody: {simple: '${bean:markt?method=price}'} | there is no bean markt; the nearest is market",
                "to: 'log:x?exchangeFormatter=#markt' | there is no bean markt; the nearest is market",
                "to: 'direct:comands' | there is no route from direct:comands; the nearest is direct:commands",
            })
    void anUnknownNameIsAFaultWithLineRouteAndNearestName(String step, String fault) throws Exception {
        RouteTrial named = new RouteTrial(new Properties(), bind -> bind.accept("market", new Prices()));
        Map<String, byte[]> contents = Map.of(
                "mine.camel.yaml",
                ("- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - " + step)
                        .getBytes(StandardCharsets.UTF_8),
                "needed.camel.yaml",
                routes(Stream.of("events", "status", "subscriptions", "commands", "candles")));

        TrialResult edit = named.tryFiles(
                RouteFiles.find(folder.toString(), folder, null), contents, contents.keySet(), Map.of(), null);

        assertThat(edit.faults()).singleElement().satisfies(found -> assertThat(found.text())
                .matches("mine\\.camel\\.yaml:[56]: route mine: .*")
                .contains(": " + fault)
                .contains("; correct the name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "templatedRoute: {routeTemplateRef: greting, routeId: x} | 1 | routeTemplate greting; the nearest is "
                        + "greeting",
                "route: {id: x, routeConfigurationId: helo, from: {uri: 'direct:x', steps: [{to: 'log:x'}]}} | 1 "
                        + "| routeConfiguration helo; the nearest is hello",
            })
    void anUnknownTemplateOrConfigurationIsAFaultWithTheNearestName(String item, String line, String fault)
            throws Exception {
        RouteTrial named = new RouteTrial(new Properties(), bind -> {});
        Map<String, byte[]> contents = Map.of(
                "mine.camel.yaml",
                ("- " + item).getBytes(StandardCharsets.UTF_8),
                "needed.camel.yaml",
                (new String(
                                        routes(Stream.of("events", "status", "subscriptions", "commands", "candles")),
                                        StandardCharsets.UTF_8)
                                + "- routeTemplate: {id: greeting, from: {uri: 'timer:x', steps: [{to: 'log:x'}]}}\n"
                                + "- routeConfiguration: {id: hello, onException: [{onException: {exception: "
                                + "[java.io.IOException], handled: {constant: 'true'}}}]}")
                        .getBytes(StandardCharsets.UTF_8));

        TrialResult edit = named.tryFiles(
                RouteFiles.find(folder.toString(), folder, null), contents, contents.keySet(), Map.of(), null);

        assertThat(edit.faults()).singleElement().satisfies(found -> assertThat(found.text())
                .startsWith("mine.camel.yaml:" + line + ": route x ")
                .contains("there is no " + fault));
    }

    /** A bean with one method. */
    public static final class Prices {

        public String price() {
            return "1";
        }
    }

    /** A data format that records events if nothing is missing. */
    private static final class Format extends JacksonDataFormat implements RecordsEvents {

        private final List<String> missing;

        Format(List<String> missing) {
            this.missing = missing;
        }

        @Override
        public List<String> missing() {
            return missing;
        }
    }

    private static byte[] routes(Stream<String> names) {
        return names.map("- route: {id: %1$s, from: {uri: 'direct:%1$s', steps: [{to: 'log:x'}]}}%n"::formatted)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}

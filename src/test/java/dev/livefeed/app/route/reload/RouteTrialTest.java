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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edit must leave a route for every operation of the HTTP interface. */
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

    private static byte[] routes(Stream<String> names) {
        return names.map("- route: {id: %1$s, from: {uri: 'direct:%1$s', steps: [{to: 'log:x'}]}}%n"::formatted)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}

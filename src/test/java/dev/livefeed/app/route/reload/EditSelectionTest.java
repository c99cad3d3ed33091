package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of trials of a selection is bounded. */
class EditSelectionTest {

    @TempDir
    private Path folder;

    @Test
    void manyIncompatibleFilesDelayAGoodOneByABoundedNumberOfTrials() throws Exception {
        AtomicInteger trials = new AtomicInteger();
        RouteTrial trial = new RouteTrial(new Properties(), bind -> trials.incrementAndGet());
        RouteFiles files = RouteFiles.find(folder.toString(), folder, null);
        Map<String, byte[]> running = Map.of(
                "needed.camel.yaml",
                Stream.of("events", "status", "subscriptions", "commands", "candles")
                        .map(name -> route(name, "log:x"))
                        .reduce("", String::concat)
                        .getBytes(StandardCharsets.UTF_8));
        DefaultRegistry registry = new DefaultRegistry();
        Map<String, FileRoutes> routes =
                trial.tryFiles(files, running, Set.of(), Map.of(), registry).routes();
        Map<String, byte[]> now = new TreeMap<>(running);
        now.put("good.camel.yaml", route("good", "log:x").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 40; i++) {
            now.put(
                    "misfit" + i + ".camel.yaml",
                    route("misfit" + i, "direct:nowhere" + i).getBytes(StandardCharsets.UTF_8));
        }
        trials.set(0);

        EditSelection selection = new EditSelection(files, trial, registry, running, routes, now, Map.of());

        assertThat(selection.taken()).containsExactly("good.camel.yaml");
        assertThat(selection.held()).hasSize(40);
        assertThat(trials.get()).isLessThanOrEqualTo(18);
    }

    private static String route(String id, String to) {
        return "- route: {id: %s, from: {uri: 'direct:%s', steps: [{to: '%s'}]}}\n".formatted(id, id, to);
    }
}

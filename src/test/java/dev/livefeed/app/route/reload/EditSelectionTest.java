package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of trials of a selection is bounded. */
class EditSelectionTest {

    private static final EditSelection.Earlier NOTHING = new EditSelection.Earlier(Map.of(), Map.of());

    @TempDir
    private Path folder;

    private final AtomicInteger trials = new AtomicInteger();
    private final RouteTrial trial = new RouteTrial(new Properties(), bind -> trials.incrementAndGet());
    private final DefaultRegistry registry = new DefaultRegistry();
    private final Map<String, byte[]> running = new TreeMap<>(Map.of(
            "needed.camel.yaml",
            Stream.of("events", "status", "subscriptions", "commands", "candles")
                    .map(name -> route(name, "log:x"))
                    .reduce("", String::concat)
                    .getBytes(StandardCharsets.UTF_8)));
    private final Map<String, byte[]> now = new TreeMap<>(running);

    private void write(String name, String text) {
        now.put(name + ".camel.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String file(String name) {
        return name + ".camel.yaml";
    }

    private EditSelection select(EditSelection.Earlier earlier, BooleanSupplier edited) throws IOException {
        RouteFiles files = RouteFiles.find(folder.toString(), folder, null);
        Map<String, FileRoutes> routes =
                trial.tryFiles(files, running, Set.of(), Map.of(), registry).routes();
        trials.set(0);
        return new EditSelection(files, trial, registry, running, routes, now, earlier, edited);
    }

    private EditSelection selectAfter(String... refused) throws IOException {
        Map<String, RouteFault> faults = new TreeMap<>();
        for (String name : refused) {
            faults.put(file(name), RouteFault.of(file(name), "refused before"));
        }
        return select(new EditSelection.Earlier(Map.of(), faults), () -> false);
    }

    @Test
    void manyIncompatibleFilesDelayAGoodOneByABoundedNumberOfTrials() throws Exception {
        write("good", route("good", "log:x"));
        for (int i = 0; i < 40; i++) {
            write("misfit" + i, route("misfit" + i, "direct:nowhere" + i));
        }

        EditSelection selection = select(NOTHING, () -> false);

        assertThat(selection.taken()).containsExactly("good.camel.yaml");
        assertThat(selection.held()).hasSize(40);
        assertThat(trials.get()).isLessThanOrEqualTo(18);
    }

    @Test
    void attemptsThatCanWaitAreLeftOutIfThereIsANewerEdit() throws Exception {
        for (int i = 0; i < 10; i++) {
            write("misfit" + i, route("misfit" + i, "direct:nowhere" + i));
        }

        EditSelection selection = select(NOTHING, () -> true);

        assertThat(trials.get()).isOne();
        assertThat(selection.held()).hasSize(10);
        assertThat(selection.postponed()).hasSize(10);
    }

    @Test
    void newEditNeedsOneTrialWhateverWasRefusedBefore() throws Exception {
        write("good", route("good", "log:x"));
        write("bad", "- route: [");
        write("misfit", route("misfit", "direct:nowhere"));

        EditSelection selection = selectAfter("bad", "misfit");

        assertThat(trials.get()).isOne();
        assertThat(selection.taken()).containsExactly(file("good"));
        assertThat(selection.held()).containsOnlyKeys(file("bad"), file("misfit"));
        assertThat(selection.postponed()).containsExactly(file("bad"), file("misfit"));
    }

    @Test
    void oneBadNewEditDoesNotHoldBackAnother() throws Exception {
        write("good", route("good", "log:x"));
        write("worse", "- route: [");
        write("bad", "- route: [");

        EditSelection selection = selectAfter("bad");

        assertThat(trials.get()).isEqualTo(2);
        assertThat(selection.taken()).containsExactly(file("good"));
        assertThat(selection.postponed()).containsExactly(file("bad"), file("worse"));
    }

    @Test
    void newEditThatNeedsARefusedFileIsTriedWithIt() throws Exception {
        write("provider", route("provider", "direct:user"));
        write("user", route("user", "direct:provider"));

        EditSelection selection = selectAfter("provider");

        assertThat(selection.taken()).containsExactly(file("provider"), file("user"));
        assertThat(selection.held()).isEmpty();
        assertThat(selection.postponed()).isEmpty();
    }

    @Test
    void routeThatMovesToARefusedFileIsAppliedWithIt() throws Exception {
        running.put(file("old"), route("moving", "log:x").getBytes(StandardCharsets.UTF_8));
        write("old", route("old", "log:x"));
        write("other", route("moving", "log:x"));

        EditSelection selection = selectAfter("other");

        assertThat(selection.taken()).containsExactly(file("old"), file("other"));
    }

    private static String route(String id, String to) {
        return "- route: {id: %s, from: {uri: 'direct:%s', steps: [{to: '%s'}]}}\n".formatted(id, id, to);
    }
}

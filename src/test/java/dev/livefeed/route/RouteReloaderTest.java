package dev.livefeed.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits that load well and do not start, and a folder that goes and comes. */
class RouteReloaderTest {

    @TempDir
    private Path temp;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Path folder;
    private RouteReloader reloader;

    /** A route from an endpoint whose answer to a message is a word. */
    private static String route(String id, String from, String word) {
        return """
                - route:
                    id: %s
                    from:
                      uri: %s
                      steps:
                        - setBody:
                            constant: "%s"
                """
                .formatted(id, from, word);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    @BeforeEach
    void start() throws Exception {
        folder = Files.createDirectory(temp.resolve("routes"));
        write(
                "needed",
                Stream.of("events", "status", "subscriptions", "commands", "candles")
                        .map(name -> route(name, "direct:" + name, name))
                        .reduce("", String::concat));
        write("own", route("own", "direct:own", "first"));
        RouteFiles files = RouteFiles.find(folder.toString(), temp, null);
        context.disableJMX();
        context.getRegistry().bind("broken", new Broken());
        context.start();
        context.getCamelContextExtension()
                .getContextPlugin(org.apache.camel.spi.RoutesLoader.class)
                .loadRoutes(files.read().contents().entrySet().stream()
                        .map(file -> files.resource(file.getKey(), file.getValue()))
                        .toList());
        reloader = new RouteReloader(
                context, files, new RouteTrial(new Properties(), bind -> bind.accept("broken", new Broken())));
        context.addService(reloader);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".camel.yaml"), text);
    }

    private String answer(String endpoint) {
        return context.createProducerTemplate().requestBody(endpoint, "", String.class);
    }

    private List<String> ids() {
        return context.getRouteDefinitions().stream()
                .map(route -> route.getRouteId())
                .sorted()
                .toList();
    }

    private String refused() {
        return reloader.state().get("refused_edit").toString();
    }

    @Test
    void whatAFailedEditHasMoreThanTheOneBeforeIsRemoved() throws Exception {
        List<String> before = ids();

        write(
                "own",
                route("more", "direct:more", "more")
                        + route("own", "direct:own", "second")
                        + route("fails", "broken:x", "never"));
        soon().until(() -> refused().contains("own.camel.yaml"));

        soon().untilAsserted(() -> assertThat(ids()).isEqualTo(before));
        assertThat(refused()).contains("it cannot start");
        assertThat(context.getRoutes()).extracting(Route::getRouteId).doesNotContain("more", "fails");
        assertThat(answer("direct:own")).isEqualTo("first");

        write("own", route("own", "direct:own", "third"));
        soon().until(() -> answer("direct:own").equals("third"));
        assertThat(refused()).isEqualTo("[]");
    }

    @Test
    void aNewFileThatFailsLeavesNoRoute() throws Exception {
        List<String> before = ids();

        write("new", route("more", "direct:more", "more") + route("fails", "broken:x", "never"));
        soon().until(() -> refused().contains("new.camel.yaml"));

        soon().untilAsserted(() -> assertThat(ids()).isEqualTo(before));
        assertThat(answer("direct:own")).isEqualTo("first");
    }

    @Test
    void aFolderThatIsDeletedAndMadeAgainIsWatched() throws Exception {
        List<Path> all;
        try (Stream<Path> list = Files.list(folder)) {
            all = list.toList();
        }
        String needed = Files.readString(folder.resolve("needed.camel.yaml"));
        for (Path file : all) {
            Files.delete(file);
        }
        Files.delete(folder);
        assertThat(answer("direct:own")).isEqualTo("first");

        Files.createDirectory(folder);
        write("needed", needed);
        write("own", route("own", "direct:own", "second"));
        soon().until(() -> answer("direct:own").equals("second"));

        write("own", route("own", "direct:own", "third"));
        soon().until(() -> answer("direct:own").equals("third"));
    }

    @Test
    void aFolderThatIsReplacedByAnotherIsWatched() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.copy(folder.resolve("needed.camel.yaml"), other.resolve("needed.camel.yaml"));
        Files.writeString(other.resolve("own.camel.yaml"), route("own", "direct:own", "second"));

        Files.move(folder, temp.resolve("before"));
        Files.move(other, folder);
        soon().until(() -> answer("direct:own").equals("second"));

        write("own", route("own", "direct:own", "third"));
        soon().until(() -> answer("direct:own").equals("third"));
    }

    /** Makes endpoints whose consumer does not start. */
    private static final class Broken extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new BrokenEndpoint(uri, this);
        }
    }

    private static final class BrokenEndpoint extends DefaultEndpoint {

        private BrokenEndpoint(String uri, Component component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
                @Override
                protected void doStart() {
                    throw new IllegalStateException("it cannot start");
                }
            };
        }
    }
}

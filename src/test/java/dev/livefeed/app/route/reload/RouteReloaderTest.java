package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.route.outcome.RouteCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.apache.camel.spi.ReloadStrategy;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid and invalid edits together, and a folder that disappears and comes back. */
class RouteReloaderTest {

    @TempDir
    private Path temp;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RouteCounts counts = new RouteCounts();
    private Path folder;
    private RouteReloader reloader;

    /** A route that answers each message with a word. */
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
    void routes() throws Exception {
        folder = Files.createDirectory(temp.resolve("routes"));
        write(
                "needed",
                Stream.of("events", "status", "subscriptions", "commands", "candles")
                        .map(name -> route(name, "direct:" + name, name))
                        .reduce("", String::concat));
        write("own", route("own", "direct:own", "first"));
        start(folder);
    }

    private void start(Path routes) throws Exception {
        RouteFiles files = RouteFiles.find(routes.toString(), temp, null);
        context.disableJMX();
        context.addRoutePolicyFactory(counts);
        context.getRegistry().bind("broken", new Broken());
        context.start();
        context.getCamelContextExtension()
                .getContextPlugin(org.apache.camel.spi.RoutesLoader.class)
                .loadRoutes(files.read().contents().entrySet().stream()
                        .map(file -> files.resource(file.getKey(), file.getValue()))
                        .toList());
        watch(files, Duration.ofSeconds(20));
    }

    private void watch(RouteFiles files, Duration limitOfATrial) throws Exception {
        RouteTrial trial = new RouteTrial(
                new Properties(),
                bind -> {
                    bind.accept("broken", new Broken());
                    bind.accept("hanging", new Hanging());
                },
                limitOfATrial);
        reloader = new RouteReloader(context, files, trial, Duration.ofMillis(200), counts);
        context.addService(reloader);
    }

    private void endWatch() throws Exception {
        context.removeService(reloader);
        reloader.stop();
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
        return reloader.state().edits().refusedEdit().toString();
    }

    @Test
    void routesAddedByAFailedEditAreRemoved() throws Exception {
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
    void failingNewFileLeavesNoRoute() throws Exception {
        List<String> before = ids();

        write("new", route("more", "direct:more", "more") + route("fails", "broken:x", "never"));
        soon().until(() -> refused().contains("new.camel.yaml"));

        soon().untilAsserted(() -> assertThat(ids()).isEqualTo(before));
        assertThat(answer("direct:own")).isEqualTo("first");
    }

    @Test
    void recreatedFolderIsWatched() throws Exception {
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
    void replacedFolderIsWatched() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.copy(folder.resolve("needed.camel.yaml"), other.resolve("needed.camel.yaml"));
        Files.writeString(other.resolve("own.camel.yaml"), route("own", "direct:own", "second"));

        Files.move(folder, temp.resolve("before"));
        Files.move(other, folder);
        soon().until(() -> answer("direct:own").equals("second"));

        write("own", route("own", "direct:own", "third"));
        soon().until(() -> answer("direct:own").equals("third"));
    }

    @Test
    void invalidFileHoldsBackOnlyItself() throws Exception {
        write("bad", "- route: [");
        soon().until(() -> refused().contains("bad.camel.yaml:1"));
        assertThat(reloader.alarms()).singleElement().asString().contains("bad.camel.yaml");

        write("own", route("own", "direct:own", "second"));
        write("new", route("new", "direct:new", "new"));

        soon().until(() -> answer("direct:own").equals("second"));
        soon().until(() -> context.getRoute("new") != null);
        assertThat(refused()).contains("bad.camel.yaml").doesNotContain("own", "new");

        Files.delete(folder.resolve("bad.camel.yaml"));
        soon().until(() -> refused().equals("[]"));
        assertThat(reloader.alarms()).isEmpty();
    }

    @Test
    void refusedFileIsTakenWhenALaterEditProvidesWhatItNeeds() throws Exception {
        write("user", "- route: {id: user, from: {uri: 'direct:user', steps: [{to: 'direct:provider'}]}}");
        write("bad", "- route: [");
        soon().until(() -> refused().contains("user.camel.yaml") && refused().contains("bad.camel.yaml"));
        long counted = reloader.getFailedCounter();

        write("provider", route("provider", "direct:provider", "provided"));

        soon().until(() ->
                context.getRoute("user") != null && answer("direct:user").equals("provided"));
        soon().until(() -> !refused().contains("user"));
        assertThat(refused()).contains("bad.camel.yaml");
        assertThat(reloader.getFailedCounter()).as("counted once").isEqualTo((int) counted);
    }

    @Test
    void filesThatNeedEachOtherAreTakenTogetherThoughAnotherIsRefused() throws Exception {
        write("bad", "- route: [");
        write("one", "- route: {id: one, from: {uri: 'direct:one', steps: [{to: 'direct:two'}]}}");
        soon().until(() -> refused().contains("bad.camel.yaml") && refused().contains("one.camel.yaml"));

        write(
                "two",
                "- route: {id: two, from: {uri: 'direct:two', steps: [{filter: {simple: '${body} == 1', "
                        + "steps: [{to: 'direct:one'}]}}, {setBody: {constant: 'both'}}]}}");

        soon().until(() ->
                context.getRoute("one") != null && answer("direct:one").equals("both"));
        soon().until(() -> !refused().contains("one") && !refused().contains("two"));
    }

    static Stream<Arguments> whatIsNoRouteFile() {
        return Stream.of(
                Arguments.of("deep", (Bad) file -> Files.writeString(file, "- [\n".repeat(20_000))),
                Arguments.of("long", (Bad) file -> Files.writeString(file, "# " + "x".repeat(200_000))),
                Arguments.of("large", (Bad) file -> Files.writeString(file, "# x\n".repeat(1_300_000))),
                Arguments.of("bomb", (Bad) file -> Files.writeString(file, bomb())),
                Arguments.of("folder", (Bad) Files::createDirectory),
                Arguments.of("dangling", (Bad) file -> Files.createSymbolicLink(file, Path.of("nowhere"))),
                Arguments.of("loop", (Bad) file -> Files.createSymbolicLink(file, file.getFileName())),
                Arguments.of("device", (Bad) file -> Files.createSymbolicLink(file, Path.of("/dev/zero"))),
                Arguments.of("pipe", (Bad) file -> assertThat(new ProcessBuilder("mkfifo", file.toString())
                                .start()
                                .waitFor())
                        .isZero()));
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("- a0: &a0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            text.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsNoRouteFile")
    void unreadableFileHoldsBackNoEdit(String what, Bad bad) throws Exception {
        bad.make(folder.resolve("bad.camel.yaml"));
        soon().until(() -> refused().contains("bad.camel.yaml"));

        write("own", route("own", "direct:own", "second"));

        soon().until(() -> answer("direct:own").equals("second"));
        assertThat(refused()).contains("bad.camel.yaml").doesNotContain("own");
        assertThat(reloader.state().edits().checks().checkError()).isNull();
        assertThat(reloader.state().edits().checks().checkedAt()).isNotNull();
    }

    private interface Bad {
        void make(Path file) throws Exception;
    }

    @Test
    void camelReloadStrategyChecksAtOnceAndCounts() throws Exception {
        ReloadStrategy strategy = context.hasService(ReloadStrategy.class);

        write("own", route("own", "direct:own", "second"));
        strategy.onReload("test");

        assertThat(answer("direct:own")).isEqualTo("second");
        assertThat(strategy.getReloadCounter()).isEqualTo(1);

        write("own", "- rout: {}");
        strategy.onReload("test");

        assertThat(answer("direct:own")).isEqualTo("second");
        assertThat(strategy.getReloadCounter()).isEqualTo(1);
        assertThat(strategy.getFailedCounter()).isEqualTo(1);
        assertThat(strategy.getLastError()).hasMessageContaining("own.camel.yaml");

        write("own", route("own", "direct:own", "third"));
        strategy.onReload("test");

        assertThat(strategy.getLastError()).isNull();
    }

    @Test
    void hangingTrialIsAFaultAndHoldsBackNoLaterEdit() throws Exception {
        endWatch();
        watch(RouteFiles.find(folder.toString(), temp, null), Duration.ofSeconds(3));
        write("hangs", "- route: {id: hangs, from: {uri: 'direct:hangs', steps: [{to: 'hanging:x'}]}}");
        soon().until(() -> refused().contains("hangs.camel.yaml: the trial took longer than 3 s"));

        Files.delete(folder.resolve("hangs.camel.yaml"));
        write("own", route("own", "direct:own", "second"));
        soon().until(() -> answer("direct:own").equals("second"));
        assertThat(refused()).isEqualTo("[]");
    }

    @Test
    void dependantsOfARefusedFileWaitForIt() throws Exception {
        write("user", "- route: {id: user, from: {uri: 'direct:user', steps: [{to: 'direct:provider'}]}}");
        write("provider", "- route: {id: provider, from: {uri: 'direct:provider', steps: [{nosuchstep: {}}]}}");
        write("own", route("own", "direct:own", "second"));
        soon().until(() ->
                refused().contains("provider.camel.yaml") && refused().contains("user.camel.yaml"));
        soon().until(() -> answer("direct:own").equals("second"));

        write("provider", route("provider", "direct:provider", "provided"));
        soon().until(() -> refused().equals("[]"));
        assertThat(answer("direct:user")).isEqualTo("provided");

        // The endpoint is renamed in both files, while a third file is invalid and a required one is deleted.
        write("bad", "- route: [");
        write("provider", route("provider", "direct:renamed", "renamed"));
        write("user", "- route: {id: user, from: {uri: 'direct:user', steps: [{to: 'direct:renamed'}]}}");
        Files.move(folder.resolve("needed.camel.yaml"), temp.resolve("kept"));
        soon().until(() -> answer("direct:user").equals("renamed"));
        soon().until(() -> refused().contains("needed.camel.yaml: the file was deleted"));
        assertThat(answer("direct:events")).isEqualTo("events");
    }

    @Test
    void routeThatMovesToARefusedFileKeepsRunning() throws Exception {
        write("other", route("own", "direct:own", "moved") + "- route: [");
        Files.delete(folder.resolve("own.camel.yaml"));
        write("user", "- route: {id: user, from: {uri: 'direct:user', steps: [{to: 'direct:own'}]}}");

        soon().until(() -> refused().contains("other.camel.yaml"));
        assertThat(answer("direct:own")).isEqualTo("first");
        write("other", route("own", "direct:own", "moved"));

        // Until the check that applies the edit has ended, the route of the user may be missing.
        soon().ignoreExceptions().until(() -> answer("direct:user").equals("moved"));
        soon().until(() -> refused().equals("[]"));
    }

    @Test
    void missingFolderIsAnAlarmAndIsRetried() throws Exception {
        Files.move(folder, temp.resolve("gone"));
        soon().until(() -> reloader.alarms().toString().contains("is gone"));
        assertThat(answer("direct:own")).isEqualTo("first");

        Files.writeString(temp.resolve("gone/own.camel.yaml"), route("own", "direct:own", "second"));
        Files.move(temp.resolve("gone"), folder);
        soon().until(() -> answer("direct:own").equals("second"));
        // The check that applied the edit ends shortly after the route runs.
        soon().until(() -> reloader.alarms().isEmpty());
        assertThat(reloader.state().edits().checks().checkError()).isNull();
    }

    @Test
    void changedLinkIsFollowed() throws Exception {
        endWatch();
        Path first = temp.resolve("first");
        Path second = Files.createDirectory(temp.resolve("second"));
        Files.move(folder, first);
        Files.createSymbolicLink(folder, first);
        watch(RouteFiles.find(folder.toString(), temp, null), Duration.ofSeconds(30));
        Files.copy(first.resolve("needed.camel.yaml"), second.resolve("needed.camel.yaml"));
        Files.writeString(second.resolve("own.camel.yaml"), route("own", "direct:own", "second"));

        Files.createSymbolicLink(temp.resolve("link"), second);
        Files.move(temp.resolve("link"), folder, StandardCopyOption.ATOMIC_MOVE);

        soon().until(() -> answer("direct:own").equals("second"));
        write("own", route("own", "direct:own", "third"));
        soon().until(() -> answer("direct:own").equals("third"));
    }

    @Test
    void swapOfAMountedConfigurationIsApplied() throws Exception {
        Path one = Files.createDirectory(folder.resolve("..one"));
        Path two = Files.createDirectory(folder.resolve("..two"));
        Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
        Files.writeString(one.resolve("own.camel.yaml"), route("own", "direct:own", "linked"));
        Files.writeString(two.resolve("own.camel.yaml"), route("own", "direct:own", "swapped"));
        Files.delete(folder.resolve("own.camel.yaml"));
        Files.createSymbolicLink(folder.resolve("own.camel.yaml"), Path.of("..data", "own.camel.yaml"));
        soon().until(() -> answer("direct:own").equals("linked"));

        Files.createSymbolicLink(folder.resolve("..data_tmp"), two.getFileName());
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        soon().until(() -> answer("direct:own").equals("swapped"));
    }

    /** Blocks forever when an endpoint is created. */
    private static final class Hanging extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
                throws InterruptedException {
            new java.util.concurrent.CountDownLatch(1).await();
            return null;
        }
    }

    /** Creates endpoints whose consumer fails to start. */
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

    private static String failing(String id, String from) {
        return """
                - route:
                    id: %s
                    from:
                      uri: %s
                      steps:
                        - convertBodyTo:
                            type: java.lang.String
                        - throwException:
                            id: thrower
                            exceptionType: java.lang.IllegalStateException
                            message: "it does not work"
                """
                .formatted(id, from);
    }

    private void fail(String endpoint, int times) {
        for (int i = 0; i < times; i++) {
            context.createProducerTemplate()
                    .send(endpoint, exchange -> exchange.getMessage().setBody("x"));
        }
    }

    private void editOwn(String text) throws Exception {
        write("own", text);
        reloader.onReload("test");
    }

    @Test
    void aRouteThatFailsOnEachEventSinceItsEditIsAnAlarmUntilItSucceeds() throws Exception {
        assertThat(answer("direct:own")).isEqualTo("first");
        editOwn(failing("own", "direct:own"));
        assertThat(reloader.alarms()).isEmpty();

        fail("direct:own", 3);

        assertThat(reloader.state().edits().running().failing()).singleElement().satisfies(failing -> {
            assertThat(failing.fault().file()).isEqualTo("own.camel.yaml");
            assertThat(failing.route()).isEqualTo("own");
            assertThat(failing.failures()).isEqualTo(3);
            assertThat(failing.fault().reason()).isEqualTo("it does not work");
            assertThat(failing.since()).isAfter(failing.editedAt());
        });
        assertThat(reloader.alarms()).singleElement().asString().contains("own.camel.yaml", "POST /routes/restore");

        editOwn(route("own", "direct:own", "third"));
        assertThat(reloader.alarms()).isEmpty();
    }

    @Test
    void aRouteThatSucceedsNowAndThenIsNoAlarm() throws Exception {
        editOwn("- route: {id: own, from: {uri: 'direct:own', steps: [{filter: {simple: \"${body} == 'x'\", steps: "
                + "[{throwException: {exceptionType: java.lang.IllegalStateException, message: no}}]}}]}}");
        fail("direct:own", 5);
        assertThat(reloader.alarms()).hasSize(1);

        answer("direct:own");

        assertThat(reloader.alarms()).isEmpty();
        fail("direct:own", 5);
        assertThat(reloader.alarms()).isEmpty();
    }

    @Test
    void theLastGoodVersionRunsUntilTheFileIsEdited() throws Exception {
        answer("direct:own");
        editOwn(failing("own", "direct:own"));
        fail("direct:own", 3);
        editOwn(failing("own", "direct:own") + "# another try\n");
        fail("direct:own", 3);
        byte[] bad = Files.readAllBytes(folder.resolve("own.camel.yaml"));

        reloader.restore(null);

        assertThat(answer("direct:own")).isEqualTo("first");
        assertThat(Files.readAllBytes(folder.resolve("own.camel.yaml"))).isEqualTo(bad);
        assertThat(reloader.state().edits().running().failing()).isEmpty();
        assertThat(reloader.alarms()).singleElement().asString().contains("own.camel.yaml", "was restored");
        write("new", route("new", "direct:new", "new"));
        reloader.onReload("test");
        assertThat(answer("direct:new")).isEqualTo("new");
        assertThat(answer("direct:own")).as("another edit changes nothing").isEqualTo("first");

        editOwn(route("own", "direct:own", "mended"));
        assertThat(answer("direct:own")).isEqualTo("mended");
        assertThat(reloader.alarms()).isEmpty();
    }

    @Test
    void aNewFileCanBeTakenBack() throws Exception {
        write("new", route("new", "direct:new", "new"));
        reloader.onReload("test");

        reloader.restore("new.camel.yaml");

        assertThat(context.getRoute("new")).isNull();
        assertThat(reloader.state().edits().running().restored()).hasSize(1);
    }

    @Test
    void aVersionThatDoesNotFitTheOthersAnyMoreIsNotRestored() throws Exception {
        editOwn(route("own", "direct:own", "second") + route("more", "direct:more", "more"));
        write("user", "- route: {id: user, from: {uri: 'direct:user', steps: [{to: 'direct:more'}]}}");
        reloader.onReload("test");

        assertThatThrownBy(() -> reloader.restore("own.camel.yaml"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("direct:more");

        assertThat(answer("direct:user")).isEqualTo("more");
        assertThat(reloader.alarms()).isEmpty();
    }

    @Test
    void withoutAnEditThereIsNothingToRestore() {
        assertThatThrownBy(() -> reloader.restore(null)).hasMessageContaining("no route has failed");
        assertThatThrownBy(() -> reloader.restore("own.camel.yaml")).hasMessageContaining("no version before");
    }

    @Test
    void aRouteThatOthersNeedStartsByItself() throws Exception {
        String idle = "- route: {id: %s, autoStartup: false, from: {uri: 'direct:%s', steps: [{log: 'x'}]}}";
        editOwn(idle.formatted("own", "own"));
        assertThat(refused()).as("nobody sends to it").isEqualTo("[]");
        editOwn(route("own", "direct:own", "second"));
        write(
                "template",
                "- routeTemplate: {id: template, parameters: [{name: to}], from: {uri: 'direct:{{to}}x', steps: "
                        + "[{to: 'direct:{{to}}'}]}}\n- templatedRoute: {routeTemplateRef: template, routeId: made, "
                        + "parameters: [{name: to, value: own}]}\n");
        write("user", "- route: {id: user, from: {uri: 'direct:user', steps: [{to: 'direct:own'}]}}");
        reloader.onReload("test");

        editOwn(idle.formatted("own", "own"));

        assertThat(refused()).contains("own.camel.yaml", "does not start by itself", "route user sends to direct:own");
        assertThat(answer("direct:user")).isEqualTo("second");
        write(
                "needed",
                Files.readString(folder.resolve("needed.camel.yaml"))
                        .replace("id: status", "id: status\n    autoStartup: false"));
        reloader.onReload("test");
        assertThat(refused()).contains("the application sends to direct:status");
    }
}

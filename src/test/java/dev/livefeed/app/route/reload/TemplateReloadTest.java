package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.route.outcome.RouteOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route templates and the routes made from them, edited while they run. */
class TemplateReloadTest {

    private static final String TEMPLATE =
            """
            - routeTemplate:
                id: greeting
                parameters:
                  - name: name
                  - name: word
                    defaultValue: hello
                  - name: symbol
                    defaultValue: ""
                from:
                  uri: "direct:{{name}}"
                  steps:
                    - setBody:
                        simple: "{{word}}{{symbol}} from {{name}}"
            """;

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private RouteReloader reloader;

    private static String instance(String id, String... parameters) {
        StringBuilder text = new StringBuilder(
                "- templatedRoute:\n    routeTemplateRef: greeting\n    routeId: " + id + "\n    parameters:\n");
        text.append("      - {name: name, value: " + id + "}\n");
        for (int i = 0; i < parameters.length; i += 2) {
            text.append("      - {name: %s, value: \"%s\"}%n".formatted(parameters[i], parameters[i + 1]));
        }
        return text.toString();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    @BeforeEach
    void routes() throws Exception {
        write(
                "needed",
                Stream.of("events", "status", "subscriptions", "commands", "candles")
                        .map(name -> "- route: {id: %s, from: {uri: 'direct:%s', steps: [{stop: {}}]}}%n"
                                .formatted(name, name))
                        .reduce("", String::concat));
        write("template", TEMPLATE);
        write("one", instance("one"));
        RouteFiles files = RouteFiles.find(folder.toString(), folder, null);
        RouteFileSet set = files.read();
        RouteTrial trial = new RouteTrial(new Properties(), bind -> {}, Duration.ofSeconds(20));
        StartCheck check = trial.check(files, set);
        assertThat(check.faults()).isEmpty();
        assertThat(check.routeIds()).contains("one");
        context.disableJMX();
        Collection<RoutesBuilder> builders =
                new LoadedRoutes(files, set).collectRoutesFromDirectory(context, null, null);
        for (RoutesBuilder builder : builders) {
            context.addRoutes(builder);
        }
        for (RoutesBuilder builder : builders) {
            context.addTemplatedRoutes(builder);
        }
        context.start();
        reloader = new RouteReloader(context, files, trial, set, check, route -> RouteOutcome.NONE);
        context.addService(reloader);
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".camel.yaml"), text);
    }

    private String answer(String endpoint) {
        return context.createProducerTemplate().requestBody("direct:" + endpoint, "", String.class);
    }

    private List<String> ids() {
        return context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> !List.of("events", "status", "subscriptions", "commands", "candles")
                        .contains(id))
                .sorted()
                .toList();
    }

    private String refused() {
        return reloader.state().edits().refusedEdit().toString();
    }

    @Test
    void anEditOfATemplateReplacesTheRoutesMadeFromIt() throws Exception {
        assertThat(answer("one")).isEqualTo("hello from one");

        write("template", TEMPLATE.replace("hello", "good day"));
        soon().untilAsserted(() -> assertThat(answer("one")).isEqualTo("good day from one"));

        write("template", TEMPLATE.replace("{{word}}", "{{word}}, {{word}}"));
        soon().untilAsserted(() -> assertThat(answer("one")).isEqualTo("hello, hello from one"));
        assertThat(context.getRouteTemplateDefinitions()).hasSize(1);
        soon().untilAsserted(() -> assertThat(reloader.getReloadCounter()).isEqualTo(2));
    }

    @Test
    void aSecondRouteComesAndGoesWithItsLines() throws Exception {
        write("one", instance("one") + instance("two", "word", "hey"));
        soon().until(() -> ids().equals(List.of("one", "two")));
        assertThat(answer("two")).isEqualTo("hey from two");
        write("mine", instance("three", "symbol", "!"));
        soon().until(() -> ids().equals(List.of("one", "three", "two")));
        assertThat(answer("three")).isEqualTo("hello! from three");

        write("one", instance("two", "word", "hi"));
        soon().until(() -> ids().equals(List.of("three", "two")));
        soon().untilAsserted(() -> assertThat(answer("two")).isEqualTo("hi from two"));
        Files.delete(folder.resolve("mine.camel.yaml"));
        soon().until(() -> ids().equals(List.of("two")));
        assertThat(refused()).isEqualTo("[]");
    }

    @Test
    void aTemplateMovesToAnotherFile() throws Exception {
        write("moved", TEMPLATE.replace("hello", "moved"));
        Files.delete(folder.resolve("template.camel.yaml"));

        soon().untilAsserted(() -> assertThat(answer("one")).isEqualTo("moved from one"));
        assertThat(context.getRouteTemplateDefinitions()).hasSize(1);
    }

    @Test
    void aFaultOfATemplateIsToldWithItsLineAndTheRunningRouteStays() throws Exception {
        write("template", TEMPLATE.replace("{{word}}{{symbol}}", "{{word}} {{wrod}}"));
        soon().until(() ->
                refused().contains("template.camel.yaml:12: ") && refused().contains("wrod"));
        assertThat(reloader.state().edits().faults().toString()).contains("line=12", "step=SetBody");
        assertThat(answer("one")).isEqualTo("hello from one");

        write("template", TEMPLATE.replace("- name: word", "- name: phrase"));
        soon().until(() ->
                refused().contains("template.camel.yaml") && !refused().contains("wrod"));
        assertThat(answer("one")).isEqualTo("hello from one");

        Files.delete(folder.resolve("template.camel.yaml"));
        soon().until(() -> refused()
                .contains("template.camel.yaml: the file was deleted: route one is made from the routeTemplate"
                        + " greeting, which no file defines"));
        assertThat(answer("one")).isEqualTo("hello from one");

        write("template", TEMPLATE);
        soon().until(() -> refused().equals("[]"));
        assertThat(ids()).containsExactly("one");
    }

    @Test
    void aFaultOfATemplatedRouteIsToldWithItsLine() throws Exception {
        write("mine", "# a remark\n" + instance("two", "word", "hey", "wrod", "x"));
        soon().until(() -> refused()
                .contains("mine.camel.yaml:8: route two sets the parameter wrod, which the routeTemplate greeting does"
                        + " not have; it has [name, word, symbol]"));

        write("mine", instance("two").replace("greeting", "greting"));
        soon().until(() -> refused()
                .contains("mine.camel.yaml:1: route two is made from the routeTemplate greting, which no file"));

        write("mine", instance("one"));
        soon().until(() -> refused().contains("mine.camel.yaml:1: route id one is there already, in one.camel.yaml"));

        write("mine", instance("two").replace("value: two", "value: one"));
        soon().until(() -> refused().contains("mine.camel.yaml:1: a route from direct:one is there already"));

        write("mine", instance("two").replace("    routeId: two\n", ""));
        soon().until(() -> refused().contains("mine.camel.yaml:1: the templatedRoute has no routeId"));

        write("mine", instance("two").replaceAll("    parameters:\n.*\n", ""));
        soon().until(() -> refused().contains("mine.camel.yaml:1: route two of routeTemplate greeting")
                && refused().contains("mandatory parameters must be provided: name"));

        write("mine", TEMPLATE);
        soon().until(() ->
                refused().contains("mine.camel.yaml:1: routeTemplate id greeting is there already, in template"));

        write("mine", instance("two", "word", "${body.x("));
        soon().until(() -> refused().contains("mine.camel.yaml:1: route two of routeTemplate greeting")
                && refused().contains(", at template.camel.yaml:12"));
        assertThat(ids()).containsExactly("one");
        assertThat(answer("one")).isEqualTo("hello from one");

        write("mine", instance("two"));
        soon().until(() -> refused().equals("[]"));
        assertThat(answer("two")).isEqualTo("hello from two");
    }
}

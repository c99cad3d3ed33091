package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An edit whose faulty step no trial can find, since the step before it changes the event in an unknown way. */
@ExtendWith(JarExtension.class)
class FailingRouteIT {

    private static final String SCRIPT =
            "status connected; n=0; while :; do n=$((n+1)); trade $n; status heartbeat; sleep 0.05; done";

    private static HttpResponse<String> restore(Jar jar, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + "/routes/restore"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode failing(JsonNode health) {
        return health.at("/application/routes/failing");
    }

    @Test
    void itIsAnAlarmWithFileLineAndStepAndTheVersionBeforeCanBeRestored(Jar jar) throws Exception {
        jar.script(SCRIPT).ownRoutes().start();
        jar.awaitTrades(3);
        assertThat(restore(jar, "{}").statusCode()).isEqualTo(409);
        String good = Files.readString(jar.route("trades"));
        String bad = RouteEdit.appended(
                RouteEdit.appended(good, "- bean: {ref: rates, method: rates}"),
                "- setHeader: {name: more, simple: \"${body.noSuchMethod()}\"}");
        RouteEdit.renameOver(jar.route("trades"), bad);

        JsonNode health = jar.awaitHealth(
                "an alarm",
                h -> !failing(h).isEmpty()
                        && h.at("/connector/alarms").toString().contains("POST /routes/restore"));

        JsonNode route = failing(health).get(0);
        assertThat(route.path("route").asText()).isEqualTo("trades");
        assertThat(route.path("file").asText()).isEqualTo("trades.camel.yaml");
        assertThat(bad.split("\n")[route.path("line").asInt() - 1]).contains("setHeader");
        assertThat(route.path("step").asText()).startsWith("setHeader");
        assertThat(route.path("reason").asText()).contains("noSuchMethod");
        assertThat(route.path("failures").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(route.path("edited_at").asText())
                .isLessThanOrEqualTo(route.path("since").asText());
        assertThat(health.at("/connector/alarms").toString()).contains("trades.camel.yaml");
        jar.awaitLog("route_failing route trades of trades.camel.yaml:\\d+ has failed on each event");

        assertThat(CurlCommands.run(Path.of("doc/ROUTES.md"), jar))
                .as("commands")
                .isEqualTo(2);

        assertThat(jar.health().at("/application/routes/restored/0/file").asText())
                .isEqualTo("trades.camel.yaml");
        assertThat(Files.readString(jar.route("trades"))).as("on the disk").isEqualTo(bad);
        long letters = jar.health().at("/dead_letters/total").asLong();
        long trades = Jar.trades(jar.health());
        health = jar.awaitHealth("trades again", h -> Jar.trades(h) >= trades + 5);
        assertThat(health.at("/dead_letters/total").asLong()).isEqualTo(letters);
        assertThat(failing(health)).isEmpty();
        assertThat(health.at("/connector/alarms").toString())
                .contains("trades.camel.yaml does not run as it is on the disk");
        jar.awaitLog("route_works_again route=trades");

        RouteEdit.renameOver(jar.route("trades"), good + "# mended\n");
        health = jar.awaitHealth(
                "no alarm", h -> !h.at("/connector/alarms").toString().contains("trades.camel.yaml"));
        assertThat(health.at("/application/routes/restored")).isEmpty();
        assertThat(jar.process().path("starts").asInt()).isOne();
    }

    @Test
    void linesThatAreNoEventsAreNotTheFaultOfTheRoute(Jar jar) throws Exception {
        jar.script("status connected; trade 1; read -r command; while :; do echo nonsense; sleep 0.05; done")
                .ownRoutes()
                .start();
        RouteEdit.append(jar.route("events"), "# edited");

        JsonNode health = jar.awaitHealth(
                "dead letters behind the edit",
                h -> h.at("/application/routes/reloads").asInt() == 1
                        && h.at("/dead_letters/by_reason/not-json").asInt() > 20);

        assertThat(failing(health)).isEmpty();
    }
}

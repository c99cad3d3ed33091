package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.ObedientConnector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sources and the log are changed over HTTP while the program runs, and nothing else is disturbed. */
@ExtendWith(JarExtension.class)
class ControlIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpResponse<String> send(Jar jar, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jar.port() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode done(Jar jar, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(jar, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Jar.parse(answer.body());
    }

    private static void refused(Jar jar, String method, String path, String body, int status, String reason)
            throws Exception {
        HttpResponse<String> answer = send(jar, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Jar.parse(answer.body()).path("error").asText()).contains(reason);
    }

    private static List<String> commands(Jar jar, long pid) throws Exception {
        return jar.text("commands")
                .lines()
                .filter(line -> line.startsWith(pid + " "))
                .map(line -> Jar.parse(line.substring(line.indexOf(' '))))
                .map(c -> c.path("command").asText() + " " + c.path("channel").asText() + " "
                        + c.path("symbol").asText())
                .toList();
    }

    private static List<String> wanted(JsonNode health) {
        return health.path("subscriptions").findValuesAsText("symbol").stream()
                .distinct()
                .toList();
    }

    @Test
    void instrumentsAndChannelsAreChangedByCommandsAndOutliveTheProcess(Jar jar) throws Exception {
        jar.connector(ObedientConnector.class, "DOGE")
                .with("SYMBOL", "BTCUSDT,ETHUSDT")
                .with("CONNECTOR_CHANNELS", "trades")
                .with("STATE_DIR", "state");
        Path saved = jar.folder().resolve("state/context/custom/linear/DOGEUSDT.json");
        Files.createDirectories(saved.getParent());
        Files.writeString(saved, "{}");
        jar.start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        long first = jar.child().pid();

        JsonNode added = done(jar, "POST", "/sources/custom/instruments", "{\"symbol\":\"XRPUSDT\"}");
        assertThat(added.path("by").asText()).isEqualTo("command");
        assertThat(added.at("/subscriptions/0/state").asText()).isEqualTo("confirmed");
        assertThat(added.at("/source/instruments").findValuesAsText("from_settings"))
                .containsExactly("true", "true", "false");
        jar.awaitHealth("three", h -> h.at("/connector/readiness/ready").asInt() == 3);
        assertThat(jar.json("/price?symbol=XRPUSDT").path("price").asText()).isEqualTo("100");
        assertThat(done(jar, "POST", "/sources/custom/instruments", "{\"symbol\":\"XRPUSDT\"}")
                        .path("by")
                        .asText())
                .isEqualTo("nothing");

        assertThat(done(jar, "POST", "/sources/custom/channels", "{\"channel\":\"depth\"}")
                        .path("by")
                        .asText())
                .isEqualTo("command");
        assertThat(done(jar, "DELETE", "/sources/custom/instruments/ETHUSDT", null)
                        .path("by")
                        .asText())
                .isEqualTo("command");
        JsonNode health = jar.health();
        assertThat(wanted(health)).containsExactly("BTCUSDT", "XRPUSDT");
        assertThat(health.path("symbols").has("ETHUSDT")).as("released").isFalse();
        assertThat(jar.get("/price?symbol=ETHUSDT").statusCode()).isEqualTo(404);
        jar.awaitLog("instrument_removed symbol=linear:ETHUSDT by=command");
        assertThat(jar.child().pid()).isEqualTo(first);
        assertThat(health.at("/connector/connector_health/starts").asInt()).isOne();

        refused(jar, "POST", "/sources/custom/instruments", "{\"symbol\":\"DOGEUSDT\"}", 409, "DOGEUSDT is not listed");
        assertThat(saved).as("what was saved of it before").exists();
        refused(
                jar,
                "POST",
                "/sources/custom/instruments",
                "{\"symbol\":\"a b\"}",
                400,
                "symbol is \"a b\"; it must be");
        refused(jar, "POST", "/sources/custom/instruments", "{}", 400, "symbol is missing");
        refused(jar, "POST", "/sources/custom/instruments", "{\"symbol\":\"binance:spot:X\"}", 400, "another venue");
        refused(jar, "POST", "/sources/kraken/instruments", "{\"symbol\":\"X\"}", 404, "there is custom");
        refused(
                jar,
                "POST",
                "/sources/custom/channels",
                "{\"channel\":\"chat\"}",
                400,
                "channel is \"chat\"; it must be one of trades");
        refused(jar, "DELETE", "/sources/custom/instruments/DOGEUSDT", null, 404, "linear:DOGEUSDT is no instrument");
        assertThat(wanted(jar.health())).containsExactly("BTCUSDT", "XRPUSDT");

        jar.child().destroyForcibly();
        jar.awaitHealth(
                "the next process",
                h -> h.at("/connector/ready").asBoolean()
                        && h.at("/connector/connector_health/pid").asLong() != first);
        assertThat(commands(jar, jar.child().pid()))
                .containsExactlyInAnyOrder(
                        "subscribe trades BTCUSDT",
                        "subscribe trades XRPUSDT",
                        "subscribe depth BTCUSDT",
                        "subscribe depth XRPUSDT");

        done(jar, "DELETE", "/sources/custom/channels/depth", null);
        done(jar, "DELETE", "/sources/custom/instruments/XRPUSDT", null);
        refused(jar, "DELETE", "/sources/custom/instruments/BTCUSDT", null, 400, "at least one instrument");
        refused(jar, "DELETE", "/sources/custom/channels/trades", null, 400, "at least one channel");
        jar.stop();
    }

    /** It reads its symbols from the environment, and no commands. */
    @Test
    void aConnectorThatReadsNoCommandsIsRestartedAlone(Jar jar) throws Exception {
        String counting = "status connected; n=0; while :; do n=$((n + 1)); trade $n; sleep 0.05; done";
        jar.script("echo \"$SYMBOL $CONNECTOR_CHANNELS\" >> asked; " + counting, "BYBIT")
                .script(counting, "BINANCE")
                .with("DATA_SOURCE", "bybit_connector,binance_ws")
                .with("CONNECTOR_CHANNELS", "trades")
                .ownRoutes();
        RouteEdit.append(jar.route("trades"), "- log: \"arrived ${body.venue} ${body.id}\"");
        jar.with("LOG_LINES_PER_SECOND", "0").start();
        JsonNode before = jar.awaitHealth("both", h -> h.at("/overall/ready").asBoolean());

        assertThat(done(jar, "POST", "/sources/bybit/instruments", "{\"symbol\":\"ETHUSDT\"}")
                        .path("by")
                        .asText())
                .isEqualTo("restart");
        JsonNode after = jar.awaitHealth(
                "another process",
                h -> h.at("/connectors/bybit/connector_health/starts").asInt() == 2
                        && h.at("/connectors/bybit/connected").asBoolean());
        long seen = jar.log("arrived binance ").size();
        Jar.soon().until(() -> jar.log("arrived binance ").size() > seen + 20);

        assertThat(jar.text("asked").lines()).containsExactly("BTCUSDT trades", "BTCUSDT,ETHUSDT trades");
        JsonNode restart = after.at("/connectors/bybit/connector_health/restarts/0");
        assertThat(restart.path("reason").asText()).contains("change of its subscriptions");
        assertThat(restart.path("attempt").asInt()).isZero();
        assertThat(after.at("/connectors/bybit/connector_health/error_count").asInt())
                .as("no failure")
                .isZero();
        assertThat(after.at("/connectors/binance/connector_health/pid"))
                .isEqualTo(before.at("/connectors/binance/connector_health/pid"));
        List<Integer> binance = jar.log("arrived binance ").stream()
                .map(line -> Integer.valueOf(line.replaceAll(".*arrived \\w+ (\\d+).*", "$1")))
                .toList();
        assertThat(binance)
                .as("no hole")
                .isEqualTo(IntStream.rangeClosed(1, binance.size()).boxed().toList());
        jar.stop();
    }

    /** The trades of the one that stays are those that the exchange has made, without a hole. */
    @Test
    void otherInstrumentsOfARealConnectorAreNotDisturbed(Jar jar) throws Exception {
        int exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange).with("SYMBOL", "BTCUSDT,ETHUSDT").ownRoutes();
        RouteEdit.append(jar.route("trades"), "- log: \"arrived ${body.symbol} ${body.id}\"");
        jar.with("LOG_LINES_PER_SECOND", "0").start();
        jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());

        for (String request : List.of(
                "DELETE /sources/bybit/instruments/ETHUSDT",
                "POST /sources/bybit/instruments {\"symbol\":\"ETHUSDT\"}",
                "POST /sources/bybit/channels {\"channel\":\"ticker\"}",
                "DELETE /sources/bybit/channels/ticker")) {
            String[] words = request.split(" ", 3);
            int seen = jar.log("arrived BTCUSDT ").size();
            assertThat(done(jar, words[0], words[1], words.length > 2 ? words[2] : null)
                            .path("by")
                            .asText())
                    .as(request)
                    .isEqualTo("command");
            Jar.soon().until(() -> jar.log("arrived BTCUSDT ").size() > seen + 5);
        }
        jar.awaitHealth("ready again", h -> h.at("/connector/ready").asBoolean());
        assertThat(jar.health().at("/connector/connector_health/starts").asInt())
                .isOne();
        refused(jar, "POST", "/sources/bybit/instruments", "{\"symbol\":\"NOSUCHUSDT\"}", 409, "nothing was changed");
        refused(jar, "POST", "/sources/bybit/channels", "{\"channel\":\"depth.7\"}", 400, "depth.7");

        List<String> arrived = jar.log("arrived BTCUSDT ").stream()
                .map(line -> line.replaceAll(".*arrived BTCUSDT ", ""))
                .toList();
        List<String> made = new ArrayList<>(Jar.parse(HTTP.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exchange
                                                + "/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .findValuesAsText("execId"));
        Collections.reverse(made);
        assertThat(made).contains(arrived.get(0), arrived.get(arrived.size() - 1));
        assertThat(arrived)
                .isEqualTo(
                        made.subList(made.indexOf(arrived.get(0)), made.indexOf(arrived.get(arrived.size() - 1)) + 1));
        jar.stop();
    }

    @Test
    void aConnectorIsRestartedPausedAndResumed(Jar jar) throws Exception {
        jar.script("echo 'from the connector' >&2; status connected; trade 1; idle")
                .with("CONNECTOR_STOP_WAIT", "1s")
                .start();
        jar.awaitState("live");
        long first = jar.child().pid();

        assertThat(done(jar, "POST", "/sources/custom/restart", null).path("by").asText())
                .isEqualTo("restart");
        JsonNode health = jar.awaitHealth(
                "another process with data",
                h -> h.at("/connector/connected").asBoolean()
                        && !h.at("/connector/connector_health/restarts/0/fresh_after_ms")
                                .isNull());
        JsonNode restart = health.at("/connector/connector_health/restarts/0");
        assertThat(restart.path("reason").asText()).isEqualTo("restarted over HTTP");
        assertThat(restart.path("exit_status").asInt()).isZero();
        assertThat(restart.path("stderr").toString()).contains("from the connector");
        assertThat(restart.path("fresh_after_ms").asLong()).isBetween(0L, 30_000L);
        assertThat(health.at("/connector/connector_health/pid").asLong()).isNotEqualTo(first);
        assertThat(health.at("/connector/connector_health/retries").asInt()).isZero();

        done(jar, "POST", "/sources/custom/pause", null);
        health = jar.awaitState("paused");
        assertThat(health.at("/connector/reasons/0").asText())
                .contains("no connector process: paused over HTTP since ");
        assertThat(jar.get("/ready").statusCode()).isEqualTo(503);
        assertThat(jar.get("/live").statusCode()).isEqualTo(200);
        assertThat(jar.json("/sources/custom").at("/paused/reason").asText()).isEqualTo("paused over HTTP");
        refused(jar, "POST", "/sources/custom/restart", null, 409, "paused over HTTP since");
        assertThat(done(jar, "POST", "/sources/custom/pause", null).path("by").asText())
                .isEqualTo("nothing");

        done(jar, "POST", "/sources/custom/resume", null);
        jar.awaitState("live");
        assertThat(jar.health().at("/connector/connector_health/starts").asInt())
                .isEqualTo(3);
        done(jar, "POST", "/sources/custom/pause", null);
        jar.awaitState("paused");
        jar.stop();
    }

    @Test
    void aRestartEndsACoolDown(Jar jar) throws Exception {
        jar.script("[ -f works ] || exit 3; status connected; trade 1; idle")
                .with("CONNECTOR_RETRIES", 0)
                .with("CONNECTOR_COOLDOWN", "1h")
                .start();
        jar.awaitState("exhausted");
        jar.write("works", "");

        assertThat(done(jar, "POST", "/sources/custom/restart", null).path("by").asText())
                .isEqualTo("next-start");
        jar.awaitState("live");
        jar.stop();
    }

    @Test
    void levelsOfTheLogAreChangedAndReset(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle").ownRoutes().start();
        jar.awaitState("live");
        assertThat(jar.json("/log/levels").at("/levels/0/part").asText()).isEqualTo("program");

        JsonNode levels = done(jar, "POST", "/log/levels", "{\"part\":\"camel\",\"level\":\"DEBUG\"}");
        assertThat(of(levels, "camel").path("level").asText()).isEqualTo("DEBUG");
        assertThat(of(levels, "camel").path("changed").asBoolean()).isTrue();
        RouteEdit.append(jar.route("trades"), "# Camel logs at DEBUG how it adds the route");
        jar.awaitLog(" DEBUG ");
        levels = done(jar, "DELETE", "/log/levels/camel", null);
        assertThat(of(levels, "camel").path("level").asText()).isEqualTo("WARN");
        assertThat(of(levels, "camel").path("changed").asBoolean()).isFalse();

        done(jar, "POST", "/log/levels", "{\"part\":\"program\",\"level\":\"ERROR\"}");
        assertThat(of(jar.json("/log/levels"), "feed").path("level").asText()).isEqualTo("ERROR");
        done(jar, "DELETE", "/log/levels", null);
        assertThat(of(jar.json("/log/levels"), "feed").path("level").asText()).isEqualTo("INFO");
        refused(jar, "POST", "/log/levels", "{\"part\":\"feeed\",\"level\":\"INFO\"}", 400, "is no part; there are");
        refused(jar, "POST", "/log/levels", "{\"part\":\"feed\",\"level\":\"LOUD\"}", 400, "one of TRACE");
        refused(jar, "DELETE", "/log/levels/feeed", null, 404, "has no level of its own");
        jar.stop();
    }

    private static JsonNode of(JsonNode levels, String part) {
        for (JsonNode one : levels.path("levels")) {
            if (one.path("part").asText().equals(part)) {
                return one;
            }
        }
        throw new AssertionError(part + " is missing in " + levels);
    }
}

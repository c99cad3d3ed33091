package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of message occurs on its channel and matches the schema; each state says what it promises. */
@ExtendWith(JarExtension.class)
class StreamMessagesIT {

    private static final String ALL = "?history=50&channels=trades,depth,status,candles,signals,ticker,kline.1m,"
            + "liquidations,adl,insurance,price-limit,depth.rpi,context,profile,health,restarts,routes,dead-letters,"
            + "sinks,recording,strategies,paper";

    /** Sent only while a replay runs, or to a slow client: see the tests below and {@link StreamIT}. */
    private static final Set<String> ELSEWHERE = Set.of("replay", "lost");

    private static final String EVERY_TYPE =
            """
            status connected
            n=0
            while :; do
              n=$((n+1)); at="$(date +%s)000"; minute=$(( ($(date +%s) / 60 - 1) * 60 ))
              head="\\"timestamp\\":$at,\\"symbol\\":\\"BTCUSDT\\""
              sides="\\"bids\\":[[99,50]],\\"asks\\":[[101,50]]"
              echo "{\\"type\\":\\"depth\\",$head,$sides,\\"last_update_id\\":$n}"
              trade $n
              echo "{\\"type\\":\\"ticker\\",$head,\\"last_price\\":100}"
              times="\\"interval\\":\\"1m\\",\\"start\\":${minute}000,\\"end\\":${minute}999"
              echo "{\\"type\\":\\"kline\\",$head,$times,\\
            \\"open\\":1,\\"high\\":1,\\"low\\":1,\\"close\\":1,\\"volume\\":1,\\"closed\\":true}"
              echo "{\\"type\\":\\"liquidation\\",$head,\\"price\\":100,\\"qty\\":1,\\"side\\":\\"sell\\"}"
              echo "{\\"type\\":\\"adl\\",$head,\\"coin\\":\\"USDT\\",\\"balance\\":1}"
              echo "{\\"type\\":\\"insurance\\",$head,\\"coin\\":\\"USDT\\",\\"balance\\":1}"
              echo "{\\"type\\":\\"price_limit\\",$head,\\"highest_bid\\":110,\\"lowest_ask\\":90}"
              sides="\\"bids\\":[[99,1,2]],\\"asks\\":[[101,1,2]]"
              echo "{\\"type\\":\\"rpi_depth\\",$head,$sides,\\"last_update_id\\":$n}"
              echo '{"type":"error","error":"on purpose"}'
              echo "not JSON"
              sleep 0.2
            done
            """;

    private static final String STRATEGY =
            """
            - route:
                id: often
                from:
                  uri: strategy:candles
                  parameters:
                    timeframe: 1s
                  steps:
                    - bean: {ref: signals, method: "buy(${body}, 0.001, 0.5, 'because')"}
                    - to: direct:signals
            """;

    private static void writeStrategy(Jar jar) throws Exception {
        jar.ownRoutes();
        Files.writeString(jar.route("strategy-often"), STRATEGY);
    }

    private static List<JsonNode> data(StreamSocket client, String type) {
        return client.messages(type).stream().map(m -> m.path("data")).toList();
    }

    @Test
    void everyTypeOccursAndMatchesTheSchema(Jar jar) throws Exception {
        writeStrategy(jar);
        jar.script(EVERY_TYPE)
                .with(
                        "CONNECTOR_CHANNELS",
                        "trades,depth,ticker,kline.1m,liquidations,adl,insurance,price-limit,depth.rpi")
                .with("LOG_LINES_PER_SECOND", "5")
                .start();
        jar.awaitTrades(20);
        StreamSocket client = StreamSocket.open(jar, ALL);
        client.await("a restart", m -> m.path("type").asText().equals("restarts"));
        client.await("a signal", m -> m.path("type").asText().equals("signal"));
        jar.child().destroyForcibly();
        client.await("the restart", m -> !m.at("/data/restarts").isEmpty());

        Set<String> expected = new TreeSet<>(new StreamRules(jar).types());
        expected.removeAll(ELSEWHERE);
        Jar.soon().untilAsserted(() -> {
            Set<String> seen = new TreeSet<>();
            client.messages().forEach(m -> seen.add(m.path("type").asText()));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        });

        JsonNode restart = data(client, "restarts").stream()
                .map(data -> data.at("/restarts/0"))
                .filter(one -> !one.isMissingNode())
                .findFirst()
                .orElseThrow();
        assertThat(restart.path("reason").asText()).isEqualTo("ended with exit status 137 (SIGKILL)");
        assertThat(restart.path("exit_status").asInt()).isEqualTo(137);
        assertThat(Instant.parse(restart.path("started_at").asText()))
                .isBefore(Instant.parse(restart.path("ended_at").asText()));
        JsonNode letters = data(client, "dead_letters").get(0);
        assertThat(letters.at("/letters/0/line").asText()).isEqualTo("not JSON");
        assertThat(letters.path("total").asLong()).isPositive();
        Jar.soon().until(() -> data(client, "fills").stream()
                .anyMatch(one -> !one.path("fills").isEmpty()));
        Jar.soon().until(() -> data(client, "orders").stream()
                .anyMatch(one -> !one.path("orders").isEmpty()));
        client.messages();
        jar.stop();
    }

    @Test
    void pastCandlesPrecedeTheLiveOnes(Jar jar) throws Exception {
        jar.start();
        Jar.soon()
                .until(() -> jar.get("/strategy/candles?timeframe=1s").statusCode() == 200
                        && jar.json("/strategy/candles?timeframe=1s")
                                        .path("candles")
                                        .size()
                                > 3);
        StreamSocket client = StreamSocket.open(jar, "?channels=candles.1s&history=3");

        JsonNode past = client.await(
                        "past candles", m -> m.path("type").asText().equals("candles"))
                .path("data");
        assertThat(past.path("timeframe").asText()).isEqualTo("1s");
        assertThat(past.path("candles")).hasSize(3);
        assertThat(past.at("/candles/2/closed").asBoolean()).isFalse();
        long open = Instant.parse(past.at("/candles/2/start").asText()).toEpochMilli();
        client.await(
                "the same candle, closed",
                m -> m.path("type").asText().equals("candle") && m.path("start").asLong() == open);
        jar.stop();
    }

    @Test
    void healthSaysWhenTheNextAttemptIs(Jar jar) throws Exception {
        jar.script("[ -e up ] || { echo 'cannot log in' >&2; exit 3; }\nstatus connected\nn=0\n"
                        + "while :; do n=$((n+1)); trade $n; sleep 0.1; done")
                .with("CONNECTOR_BACKOFF_INITIAL", "3s")
                .with("CONNECTOR_BACKOFF_MAX", "4s")
                .with("CONNECTOR_RETRIES", "7")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();
        StreamSocket client = StreamSocket.open(jar, "?channels=health,restarts");

        JsonNode failed = client.await(
                        "a retry", m -> m.at("/data/sources/0/retry/next_at").isTextual())
                .path("data");
        assertThat(failed.path("connected").asBoolean()).isFalse();
        assertThat(failed.path("reasons").toString()).contains("exit status 3");
        JsonNode source = failed.at("/sources/0");
        assertThat(source.at("/process/alive").asBoolean()).isFalse();
        assertThat(source.at("/process/started_at").isNull()).isTrue();
        assertThat(source.at("/retry/attempt").asInt()).isPositive();
        assertThat(source.at("/retry/of").asInt()).isEqualTo(7);
        JsonNode end =
                client.await("an end", m -> !m.at("/data/restarts").isEmpty()).at("/data/restarts/0");
        assertThat(end.path("stderr").toString()).contains("cannot log in");
        assertThat(end.path("exit_status").asInt()).isEqualTo(3);
        assertThat(Instant.parse(source.at("/retry/next_at").asText()))
                .isAfter(Instant.parse(end.path("ended_at").asText()).plusSeconds(2));
        jar.write("up", "");

        JsonNode recovered = client.await(
                        "recovery",
                        m -> m.at("/data/ready").asBoolean()
                                && m.at("/data/sources/0/lag").isObject())
                .path("data");
        assertThat(recovered.at("/sources/0/today/restarts").asInt()).isPositive();
        assertThat(recovered.at("/sources/0/lag/events").asLong()).isPositive();
        assertThat(recovered.at("/sources/0/process/started_at").isTextual()).isTrue();
        assertThat(recovered.at("/instruments/0/symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(recovered.at("/instruments/0/ready").asBoolean()).isTrue();
        jar.stop();
    }

    @Test
    void routesShowTheirCountsAndTheResultOfAnEdit(Jar jar) throws Exception {
        jar.ownRoutes();
        jar.script("status connected; n=0; while :; do n=$((n+1)); trade $n; sleep 0.1; done")
                .start();
        StreamSocket client = StreamSocket.open(jar, "?channels=routes");
        client.await("counted trades", m -> total(m, "trades") > 5);
        RouteEdit.renameOver(
                jar.route("trades"), "- route: {from: {uri: 'direct:trades', steps: [{to: 'nosuch:x'}]}}\n");

        JsonNode refused =
                client.await("the refusal", m -> !m.at("/data/edits/faults").isEmpty());
        assertThat(refused.at("/data/edits/faults/0/file").asText()).isEqualTo("trades.camel.yaml");
        long before = total(refused, "trades");
        client.await("the running route", m -> total(m, "trades") > before);
        jar.stop();
    }

    private static long total(JsonNode message, String route) {
        for (JsonNode one : message.at("/data/routes")) {
            if (one.path("id").asText().equals(route)) {
                return one.path("total").asLong();
            }
        }
        return 0;
    }

    @Test
    void replayShowsItsProgressAndIsControlled(Jar jar) throws Exception {
        StringBuilder lines = new StringBuilder();
        long start = Instant.parse("2026-11-25T00:00:00Z").toEpochMilli();
        for (int i = 0; i < 4_000; i++) {
            long at = start + i * 100L;
            lines.append("{\"type\":\"trade\",\"timestamp\":")
                    .append(at)
                    .append(",\"symbol\":\"BTCUSDT\",\"category\":\"linear\",\"price\":100,\"qty\":1")
                    .append(",\"side\":\"buy\",\"id\":")
                    .append(i)
                    .append(",\"received_at\":")
                    .append(at * 1_000)
                    .append("}\n");
        }
        jar.write("day.ndjson", lines.toString());
        jar.with("DATA_SOURCE", "replay")
                .with("REPLAY_FILE", "day.ndjson")
                .with("REPLAY_SPEED", "2")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();
        StreamSocket client = StreamSocket.open(jar, "?channels=replay,health");

        JsonNode playing = client.await(
                        "a position", m -> m.at("/data/position").isTextual())
                .path("data");
        assertThat(playing.path("state").asText()).isEqualTo("playing");
        assertThat(playing.path("file").asText()).endsWith("day.ndjson");
        assertThat(playing.path("speed").asText()).isEqualTo("2");
        assertThat(client.messages("health").get(0).at("/data/replay").asBoolean()
                        || !data(client, "health").isEmpty())
                .isTrue();
        pausedAndResumed(jar, client);
        client.await("the end", m -> m.at("/data/state").asText().equals("ended"));
        assertThat(jar.awaitState("finished").at("/connector/ready").asBoolean())
                .isFalse();
        assertThat(Jar.trades(jar.health())).as("nothing was lost or repeated").isEqualTo(4_000);
        assertThat(command(jar, "pause", "").body()).contains("the recording has ended");
        assertThat(command(jar, "pause", "").statusCode()).isEqualTo(409);
        jar.stop();
    }

    private static void pausedAndResumed(Jar jar, StreamSocket client) throws Exception {
        JsonNode paused = state(jar, "pause", "", 200);
        assertThat(paused.path("state").asText()).isEqualTo("paused");
        assertThat(paused.path("begin").asText()).isEqualTo("2026-11-25T00:00:00Z");
        assertThat(paused.path("end").asText()).isEqualTo("2026-11-25T00:06:39.900Z");
        assertThat(paused.path("share").asDouble()).isBetween(0.0, 0.9);
        client.await(
                "the pause",
                m -> m.at("/data/state").asText().equals("paused")
                        && m.path("type").asText().equals("replay"));
        client.await(
                "health in a pause",
                m -> m.path("type").asText().equals("health")
                        && m.at("/data/state").asText().equals("paused"));
        JsonNode health = jar.health().path("connector");
        assertThat(health.path("state").asText()).isEqualTo("paused");
        assertThat(health.path("connected").asBoolean()).isTrue();
        assertThat(health.path("ready").asBoolean()).isFalse();
        assertThat(health.at("/reasons/0").asText())
                .isEqualTo("the replay is paused at " + paused.path("position").asText());
        long before = Jar.trades(jar.health());

        JsonNode stepped = state(jar, "step", "", 200);
        assertThat(Instant.parse(stepped.path("position").asText()))
                .isEqualTo(Instant.parse(paused.path("position").asText()).plusMillis(100));
        assertThat(Jar.trades(jar.health()))
                .as("one trade, and none in between")
                .isEqualTo(before + 1);

        assertThat(state(jar, "speed", "{\"speed\":0}", 400).path("error").asText())
                .isEqualTo("speed is \"0\", must be max, or a number above 0 with at most six digits on each side of"
                        + " the point, such as 1 (as recorded) or 10");
        assertThat(state(jar, "speed", "{\"speed\":\"fast\"}", 400)
                        .path("error")
                        .asText())
                .isEqualTo("speed is \"fast\"; it must be max, or a number above 0 with at most six digits on each"
                        + " side of the point, such as 1 (as recorded) or 10");
        assertThat(state(jar, "speed", "{\"speed\":\"max\"}", 200).path("state").asText())
                .isEqualTo("paused");
        assertThat(new Contract(jar).check("/replay").body()).contains("\"speed\":\"max\"");
        assertThat(state(jar, "resume", "", 200).path("speed").asText()).isEqualTo("max");
    }

    /** The body of the response, which matches the contract. */
    private static JsonNode state(Jar jar, String command, String body, int status) throws Exception {
        HttpResponse<String> answer =
                new Contract(jar).check("post", "/replay/" + command, command(jar, command, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Jar.parse(answer.body());
    }

    private static HttpResponse<String> command(Jar jar, String command, String body) throws Exception {
        return StrategyIT.send(jar, "POST", "/replay/" + command, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"python3 sse.py http", "node sse.mjs http", "node --experimental-websocket websocket.mjs ws"})
    void exampleFollowsHealthAndTrades(String example, Jar jar) throws Exception {
        jar.script("status connected; n=0; while :; do n=$((n+1)); trade $n; sleep 0.1; done")
                .with("CONNECTOR_CHANNELS", "trades")
                .start();
        String[] words = example.split(" ");
        words[words.length - 1] += "://localhost:" + jar.port();
        Path out = jar.folder().resolve("client");
        Process client = new ProcessBuilder(words)
                .directory(Path.of("examples", "stream").toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            Jar.soon()
                    .until(() -> jar.text("client").contains("BTCUSDT buy 1 at 100")
                                    && jar.text("client").contains("live ready")
                            || !client.isAlive());
            assertThat(jar.text("client")).contains("BTCUSDT buy 1 at 100");
            jar.stop();
            Jar.soon().until(() -> jar.text("client").contains("disconnected") || !client.isAlive());
            assertThat(client.isAlive()).as("%s", jar.text("client")).isTrue();
        } finally {
            client.destroyForcibly();
        }
    }
}

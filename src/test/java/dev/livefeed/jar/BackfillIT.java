package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.livefeed.connector.binance.BinanceVenue;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The backfill of context levels over REST. */
@ExtendWith(JarExtension.class)
class BackfillIT {

    @Test
    void levelsAreBackfilledFromCandlesAndMarked(Jar jar) throws Exception {
        jar.with("CONTEXT_BACKFILL", "levels").with("SYMBOL", "BTCUSDT,ETHUSDT").start();

        Jar.soon().until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("done"));

        JsonNode status = jar.json("/backfill/status");
        assertThat(status.at("/progress/percentage").asInt()).isEqualTo(100);
        assertThat(status.at("/filled_minutes").asInt()).isGreaterThanOrEqualTo(2 * 1_440);
        for (String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
            JsonNode levels = jar.json("/levels?symbol=" + symbol);
            assertThat(levels.at("/approximate/previous_day").asBoolean()).isTrue();
            assertThat(levels.at("/PDH").isTextual()).isTrue();
            assertThat(levels.at("/POCprev").isTextual()).isTrue();
        }
        new Contract(jar).check("/levels?symbol=ETHUSDT");
        new Contract(jar).check("/backfill/status");
        jar.awaitState("synthetic");
        jar.stop();
    }

    @Test
    void tradesFromMidnightAreCountedExactlyBesidesLiveOnes(Jar jar) throws Exception {
        try (BinanceVenue venue = BinanceVenue.start(6_500, "BTCUSDT")) {
            jar.with("DATA_SOURCE", "binance_ws").with("CONTEXT_BACKFILL", "trades");
            venue.settings().forEach(jar::with);
            jar.with("BINANCE_HISTORY_DIR", "history");
            jar.start();
            awaitDone(jar);
            JsonNode status = jar.json("/backfill/status");
            assertThat(status.path("mode").asText()).isEqualTo("trades");
            assertThat(status.path("counted_trades").asLong()).isGreaterThan(0);
            assertThat(jar.log("backfill_progress symbol=spot:BTCUSDT percent=").size())
                    .isBetween(1, 11);
            new Contract(jar).check("/backfill/status");
            isExact(jar, venue);
            jar.stop();

            // The same day again: what was fetched is read from the disk, and only its first page compared.
            long before = venue.requests();
            jar.start();
            awaitDone(jar);
            isExact(jar, venue);
            assertThat(venue.requests() - before).isLessThan(before);
            jar.stop();
        }
    }

    private static void awaitDone(Jar jar) {
        Jar.soon().until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("done"));
    }

    /** Its trades come without end, so the sums are compared with those of as many trades of the venue. */
    private static void isExact(Jar jar, BinanceVenue venue) {
        JsonNode sums = jar.json("/debug/vwap");
        int trades = sums.path("trades").asInt();
        BigDecimal[] expected = venue.sums("BTCUSDT", trades);

        assertThat(new BigDecimal(sums.path("sum_q").asText())).isEqualByComparingTo(expected[0]);
        assertThat(new BigDecimal(sums.path("sum_pq").asText())).isEqualByComparingTo(expected[1]);
        assertThat(sums.path("approximate").asBoolean()).isFalse();
    }

    /** Route files of earlier versions call the bean {@code exchangeDesk} and its method {@code holes}. */
    @Test
    void formerNamesInRouteFilesStillWork(Jar jar) throws Exception {
        jar.ownRoutes();
        for (String name : new String[] {"backfill", "status"}) {
            String text = Files.readString(jar.route(name));
            assertThat(text).contains("historyWorker");
            Files.writeString(
                    jar.route(name),
                    text.replace("historyWorker", "exchangeDesk").replace("fillMissingTrades", "holes"));
        }
        jar.with("CONTEXT_BACKFILL", "levels")
                .with("BACKFILL_INTERVAL", "100ms")
                .start();

        Jar.soon().until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("done"));
        jar.awaitState("synthetic");
        jar.stop();
        assertThat(jar.log("MethodNotFound|NoSuchBean| ERROR ")).isEmpty();
    }

    @Test
    @Tag("drill")
    void failingRestDelaysNeitherTheFeedNorTheStop(Jar jar) throws Exception {
        HttpServer broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        broken.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "600");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        broken.start();
        try (ExchangeServer exchange =
                ExchangeServer.start(ExchangeConfig.builder().port(0).build())) {
            jar.with("DATA_SOURCE", "bybit_connector")
                    .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                    .with(
                            "BYBIT_REST_BASE_URL",
                            "http://127.0.0.1:" + broken.getAddress().getPort())
                    .with("CONTEXT_BACKFILL", "levels")
                    .start();
            jar.awaitTrades(1);
            jar.awaitLog("rest_retry attempt=1 retry_delay_ms=600000 reason=\"HTTP 503\"");

            assertThat(jar.json("/backfill/status").at("/progress/percentage").asInt())
                    .isZero();
            assertThat(jar.json("/levels").at("/POCd").isTextual()).isTrue();
            jar.stop();
        } finally {
            broken.stop(0);
        }
    }

    /** Another's program, of another exchange, that knows minutes alone. */
    @Test
    void aConnectorOfAnotherFillsLevelsToo(Jar jar) throws Exception {
        jar.script(
                        """
                        field() { printf '%s' "$line" | sed -n 's/.*"'$1'":"\\{0,1\\}\\([^",}]*\\).*/\\1/p'; }
                        status connected
                        trade 1
                        while read -r line; do
                          id=$(field id)
                          case $line in
                          *'"history"'*'"kline.1d"'*)
                            printf '{"type":"error","error":"minutes only","code":"unsupported","id":"%s"}\\n' "$id" ;;
                          *'"history"'*)
                            from=$(field from)
                            for minute in 0 1 2; do
                              start=$((from + minute * 60000))
                              printf '{"type":"kline","history":true,"timestamp":%s,"interval":"1m","start":%s,\
                        "end":%s,' \\
                                "$start" "$start" "$((start + 59999))"
                              printf '"open":"90","high":"120","low":"80","close":"100","volume":"2","turnover":"200",'
                              printf '"closed":true}\\n'
                            done
                            printf '{"type":"status","status":"history_done","id":"%s","count":3,\
                        "complete":true}\\n' "$id" ;;
                          esac
                        done
                        """)
                .with("CONTEXT_BACKFILL", "levels")
                .start();
        Jar.soon().until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("done"));

        assertThat(jar.json("/backfill/status").at("/filled_minutes").asInt()).isBetween(4, 6);
        assertThat(jar.json("/levels").at("/PDH").asText()).isEqualTo("120");
        assertThat(jar.get("/observe/metrics").body())
                .as("nothing of the past is counted as live")
                .contains("livefeed_events_total{category=\"linear\",symbol=\"BTCUSDT\",type=\"trade\","
                        + "venue=\"custom\"} 1.0")
                .doesNotContain("type=\"kline");
        assertThat(jar.json("/price").toString()).contains("\"100\"");
        jar.stop();
    }

    @Test
    @Tag("drill")
    void aConnectorThatDiesWithinItsAnswerIsAskedAgainWhenItIsBack(Jar jar) throws Exception {
        jar.script(
                        """
                        field() { printf '%s' "$line" | sed -n 's/.*"'$1'":"\\{0,1\\}\\([^",}]*\\).*/\\1/p'; }
                        status connected
                        trade 1
                        while read -r line; do
                          case $line in
                          *'"history"'*)
                            from=$(field from)
                            printf '{"type":"kline","history":true,"timestamp":%s,"interval":"%s","start":%s,\
                        "end":%s,' \\
                              "$from" "$(field channel | cut -c7-)" "$from" "$((from + 59999))"
                            printf '"open":"90","high":"120","low":"80","close":"100","volume":"2","closed":true}\\n'
                            if [ ! -e died ]; then
                              touch died
                              exit 3
                            fi
                            printf '{"type":"status","status":"history_done","id":"%s","count":1,"complete":true}\\n' \\
                              "$(field id)" ;;
                          esac
                        done
                        """)
                .with("CONTEXT_BACKFILL", "levels")
                .with("CONNECTOR_BACKOFF_INITIAL", "200ms")
                .start();
        Jar.soon().until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("done"));

        assertThat(jar.json("/backfill/status").at("/failures").isEmpty()).isTrue();
        assertThat(jar.json("/backfill/status").at("/filled_minutes").asInt()).isBetween(1, 2);
        assertThat(jar.log("bybit_connector_process_died")).hasSize(1);
        jar.stop();
    }

    @Test
    @Tag("drill")
    void aConnectorThatDoesNotKnowTheCommandIsLeftAlone(Jar jar) throws Exception {
        jar.script(
                        """
                        status connected
                        n=0
                        while :; do n=$((n + 1)); trade $n; sleep 1; done
                        """)
                .with("CONTEXT_BACKFILL", "levels")
                .start();
        Jar.soon().atMost(Duration.ofSeconds(70)).until(() -> jar.json("/backfill/status")
                .at("/progress/status")
                .asText()
                .equals("skipped"));

        String reason = "the connector did not answer the command history within 30 s";
        assertThat(jar.json("/backfill/status").at("/failures/0").asText()).isEqualTo(reason);
        assertThat(jar.json("/backfill/status").at("/failed_symbols").asInt()).isZero();
        assertThat(jar.log("Backfill: skipped \\(using custom for live data\\): " + reason))
                .hasSize(1);
        assertThat(jar.health().at("/connector/connected").asBoolean()).isTrue();
        assertThat(jar.health().at("/connector/reconnection_attempts").asInt()).isZero();
        jar.stop();
    }
}

package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code /candles} and {@code /trades}, and what is answered for a configured symbol without data. */
@ExtendWith(JarExtension.class)
class PastCandlesIT {

    /** Has trades of one symbol, and answers the command history with the two candles of the last minutes. */
    private static final String FEED =
            """
            printf '{"type":"status","status":"subscribed","symbol":"BTCUSDT","channel":"trades",\
            "since":%s000}\\n' "$(date +%s)"
            for trade in '1","price":"100.10' '2","price":"100.30'; do
              printf '{"type":"trade","symbol":"BTCUSDT","timestamp":%s000,"qty":"1","side":"buy",\
            "id":"%s"}\\n' "$(date +%s)" "$trade"
            done
            status connected
            while read -r command; do
              case "$command" in
                *'"history"'*BTCUSDT*)
                  id=$(echo "$command" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
                  now=$(( $(date +%s) / 60 * 60 ))
                  for start in $(( now - 120 )) $(( now - 60 )); do
                    printf '{"type":"kline","symbol":"BTCUSDT","interval":"1m","timestamp":%s000,"start":%s000,\
            "end":%s999,"open":"99.5","high":"101","low":"99","close":"100","volume":"2.5",\
            "turnover":"250","closed":true,"history":true}\\n' "$start" "$start" "$(( start + 59 ))"
                  done
                  printf '{"type":"status","status":"history_done","symbol":"BTCUSDT","channel":"kline.1m","id":"%s",\
            "from":%s000,"to":%s000,"count":2,"complete":true}\\n' "$id" "$(( now - 86400 ))" "$now"
                  ;;
              esac
            done
            """;

    @BeforeAll
    static void start(Jar jar) throws Exception {
        jar.script(FEED).with("SYMBOL", "BTCUSDT,ETHUSDT").start();
        jar.awaitTrades(2);
    }

    @AfterAll
    static void stop(Jar jar) throws Exception {
        jar.stop();
    }

    @Test
    void whatTheFeedDoesNotHaveComesFromTheExchange(Jar jar) {
        Contract contract = new Contract(jar);
        Jar.soon().until(() -> Jar.parse(contract.check("/candles").body())
                .at("/backfill/status")
                .asText()
                .equals("done"));

        JsonNode minutes = Jar.parse(contract.check("/candles").body());
        List<String> volumes = new ArrayList<>();
        minutes.path("candles")
                .forEach(candle -> volumes.add(candle.path("volume").asText()));
        assertThat(volumes).startsWith("2.5", "2.5");
        JsonNode past = minutes.at("/candles/0");
        assertThat(past.path("open").asText()).isEqualTo("99.5");
        assertThat(past.path("vwap").asText()).isEqualTo("100.000000000000");
        assertThat(past.path("closed").asBoolean()).isTrue();
        assertThat(past.path("complete").asBoolean()).isTrue();
        assertThat(past.path("trades").isNull()).isTrue();
        JsonNode hours =
                Jar.parse(contract.check("/candles?timeframe=1h&limit=1").body());
        assertThat(hours.path("candles")).hasSize(1);
        assertThat(hours.at("/candles/0/closed").asBoolean()).isFalse();

        JsonNode before = Jar.parse(
                contract.check("/candles?to=" + minutes.at("/candles/1/start").asText())
                        .body());
        assertThat(before.path("candles")).hasSize(1);
        assertThat(before.at("/candles/0")).isEqualTo(past);
    }

    @Test
    void lastTradesAreTheNewestLast(Jar jar) {
        Contract contract = new Contract(jar);

        JsonNode trades = Jar.parse(contract.check("/trades").body()).path("trades");
        assertThat(trades).hasSize(2);
        assertThat(trades.at("/1/id").asText()).isEqualTo("2");
        assertThat(trades.at("/1/price").asText()).isEqualTo("100.30");
        assertThat(trades.at("/1/late").asBoolean()).isFalse();
        assertThat(Jar.parse(contract.check("/trades?limit=1").body())
                        .at("/trades/0/id")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void invalidRangesNameTheRule(Jar jar) {
        Contract contract = new Contract(jar);

        for (String query : List.of(
                "timeframe=2m",
                "timeframe=1s",
                "limit=0",
                "limit=1442",
                "from=yesterday",
                "from=2026-13-01T00:00:00Z",
                "from=1774000000000",
                "to=2026-01-01T00:00:00%2B01:00",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z")) {
            var answer = contract.check("/candles?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(Jar.parse(answer.body()).path("error").asText()).contains("must be");
        }
        assertThat(contract.check("/trades?limit=501").statusCode()).isEqualTo(400);
    }

    @Test
    void aConfiguredSymbolWithoutDataIsNotUnknown(Jar jar) {
        Contract contract = new Contract(jar);

        for (String path : List.of(
                "/price",
                "/ticker",
                "/book",
                "/context",
                "/levels",
                "/profile",
                "/trades",
                "/strategy/candles",
                "/strategy/analysis/diagnostics")) {
            var missing = contract.check(path + "?symbol=ETHUSDT");
            assertThat(missing.statusCode()).as(path).isEqualTo(503);
            assertThat(Jar.parse(missing.body()).path("error").asText())
                    .as(path)
                    .matches("no \\w+ of linear:ETHUSDT has come yet: .*ETHUSDT.*");
            assertThat(contract.check(path + "?symbol=NOSUCH").statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(contract.check("/candles?symbol=ETHUSDT").statusCode()).isEqualTo(503);
        assertThat(contract.check("/candles?symbol=NOSUCH").statusCode()).isEqualTo(404);
    }
}

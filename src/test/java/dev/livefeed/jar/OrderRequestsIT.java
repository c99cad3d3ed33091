package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests about strategies and paper orders. Their orders do not concern each other, so all share one run. */
@ExtendWith(JarExtension.class)
class OrderRequestsIT {

    @BeforeAll
    static void start(Jar jar) throws Exception {
        StrategyIT.run(jar);
    }

    @Test
    void responsesMatchTheApiDocument(Jar jar) throws Exception {
        StrategyIT.send(jar, "POST", "/strategy/orders", "{\"side\":\"buy\",\"qty\":1}");
        StrategyIT.send(
                jar,
                "POST",
                "/strategy/orders",
                "{\"side\":\"sell\",\"type\":\"limit\",\"qty\":\"1\",\"price\":\"150\"}");
        Contract contract = new Contract(jar);

        for (String right : List.of(
                "/strategy/status",
                "/strategy/metrics",
                "/strategy/candles?timeframe=1s&count=1&symbol=BTCUSDT",
                "/strategy/analysis/diagnostics",
                "/strategy/orders?status=open",
                "/strategy/orders?status=ended&count=1000",
                "/strategy/positions",
                "/strategy/signals",
                "/strategy/equity?count=1440")) {
            assertThat(contract.check(right).statusCode()).as(right).isEqualTo(200);
        }
        for (String wrong : List.of(
                "/strategy/candles?timeframe=2s",
                "/strategy/candles?count=1001",
                "/strategy/candles?count=-1",
                "/strategy/candles?count=1&count=2",
                "/strategy/candles?symbol=a/b",
                "/strategy/analysis/diagnostics?symbol=%20",
                "/strategy/orders?status=some",
                "/strategy/orders?count=x",
                "/strategy/signals?count=0",
                "/strategy/equity?count=1441")) {
            assertThat(contract.check(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(contract.check("/strategy/candles?symbol=NOSUCH").statusCode())
                .isEqualTo(404);
        assertThat(contract.check("/strategy/analysis/diagnostics?symbol=NOSUCH")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void invalidAndForbiddenOrdersAreRejected(Jar jar) throws Exception {
        int before = orders(jar);
        for (String wrong : List.of(
                "",
                "[]",
                "{",
                "{\"side\":\"up\",\"qty\":1}",
                "{\"side\":\"buy\"}",
                "{\"side\":\"buy\",\"qty\":0}",
                "{\"side\":\"buy\",\"qty\":-1}",
                "{\"side\":\"buy\",\"qty\":1e-30}",
                "{\"side\":\"buy\",\"qty\":1e999999999}",
                "{\"side\":\"buy\",\"qty\":\"NaN\"}",
                "{\"side\":\"buy\",\"qty\":1,\"qty\":2}",
                "{\"side\":\"buy\",\"qty\":1,\"price\":5}",
                "{\"side\":\"buy\",\"qty\":1,\"type\":\"limit\"}",
                "{\"side\":\"buy\",\"qty\":1,\"type\":\"fok\"}",
                "{\"side\":\"buy\",\"qty\":1,\"symbol\":\"a/b\"}",
                "{\"side\":\"buy\",\"qty\":1,\"leverage\":5}")) {
            HttpResponse<String> answer = StrategyIT.send(jar, "POST", "/strategy/orders", wrong);
            assertThat(answer.statusCode()).as("%s: %s", wrong, answer.body()).isEqualTo(400);
            assertThat(Jar.parse(answer.body()).path("error").asText()).isNotBlank();
        }
        assertThat(StrategyIT.send(
                                jar, "POST", "/strategy/orders", "{\"side\":\"buy\",\"qty\":1,\"symbol\":\"NOSUCH\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(StrategyIT.send(jar, "POST", "/strategy/orders", "{\"side\":\"buy\",\"qty\":900000}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(StrategyIT.send(jar, "DELETE", "/strategy/orders/777", "").statusCode())
                .isEqualTo(404);
        assertThat(StrategyIT.send(jar, "DELETE", "/strategy/orders/x", "").statusCode())
                .isEqualTo(400);
        assertThat(orders(jar)).isEqualTo(before);
    }

    @Test
    void orderResponsesMatchTheApiDocument(Jar jar) throws Exception {
        Contract contract = new Contract(jar);
        String resting = "{\"side\":\"buy\",\"type\":\"limit\",\"qty\":\"1\",\"price\":\"50\"}";

        HttpResponse<String> accepted =
                contract.check("post", "/strategy/orders", StrategyIT.send(jar, "POST", "/strategy/orders", resting));
        assertThat(accepted.statusCode()).isEqualTo(200);
        String order = Jar.parse(accepted.body()).path("id").asText();
        assertThat(jar.json("/strategy/orders?status=open").path("orders").findValuesAsText("id"))
                .as("%s %s", accepted.body(), jar.json("/strategy/orders"))
                .contains(order);
        assertThat(order(jar, contract, "{\"side\":\"buy\"")).isEqualTo(400);
        assertThat(order(jar, contract, "{\"side\":\"buy\",\"qty\":900000}")).isEqualTo(409);
        HttpResponse<String> form =
                StrategyIT.send(jar, "POST", "/strategy/orders", resting, "application/x-www-form-urlencoded");
        assertThat(contract.check("post", "/strategy/orders", form).statusCode())
                .isEqualTo(415);
        assertThat(form.body()).contains("send the body as JSON with Content-Type: application/json");
        for (String id : List.of(order, order, "x")) {
            contract.check(
                    "delete", "/strategy/orders/{id}", StrategyIT.send(jar, "DELETE", "/strategy/orders/" + id, ""));
        }
        contract.check("post", "/strategy/pause", StrategyIT.send(jar, "POST", "/strategy/pause", ""));
        contract.check("post", "/strategy/resume", StrategyIT.send(jar, "POST", "/strategy/resume", ""));
        assertThat(jar.json("/strategy/orders?status=open").path("orders").findValuesAsText("id"))
                .as("%s %s", accepted.body(), jar.json("/strategy/orders"))
                .doesNotContain(order);
    }

    private static int orders(Jar jar) {
        return jar.json("/strategy/metrics").path("orders").asInt();
    }

    private int order(Jar jar, Contract contract, String body) throws Exception {
        return contract.check("post", "/strategy/orders", StrategyIT.send(jar, "POST", "/strategy/orders", body))
                .statusCode();
    }
}
